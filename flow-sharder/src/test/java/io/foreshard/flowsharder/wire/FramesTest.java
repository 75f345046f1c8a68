package io.foreshard.flowsharder.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FramesTest {

    private static final long KEY = 0x0123456789ABCDEFL;

    private final CountingAllocator allocator = new CountingAllocator();
    private final FrameWriter writer = new FrameWriter(allocator);
    private final RecordingSink sink = new RecordingSink();
    private final FrameReader reader = new FrameReader(allocator, sink);

    @AfterEach
    void givesEverythingBack() {
        reader.close();
        allocator.assertAllReleased();
    }

    private ByteBuf data(int flow, long offset, String text, boolean fin) {
        ByteBuf payload = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
        ByteBuf header = writer.dataHeader(flow, offset, payload, fin, !fin && text.startsWith("w"));
        ByteBuf whole = allocator.buffer().writeBytes(header).writeBytes(payload);
        header.release();
        return whole;
    }

    private List<ByteBuf> oneOfEach() {
        AckRanges ranges = new AckRanges();
        ranges.add(20, 30);
        ranges.add(35, 40);
        return List.of(
                writer.ping(),
                writer.legAck(1234),
                writer.open(1, 65536, "example.org:80"),
                data(1, 0, "ab", false),
                data(-1, Long.MAX_VALUE - 4, "abc", true),
                data(1, 2, "", true),
                data(1, 2, "w", false),
                writer.ack(1, 10, 100, ranges, false),
                writer.ack(1, 10, 100, ranges, true),
                writer.reset(2, 65535),
                writer.leave());
    }

    private static final List<String> WORDS = List.of(
            "ping",
            "leg-ack 1234",
            "open 1 65536 example.org:80",
            "data 1 0 6162",
            "data -1 9223372036854775803 616263 fin",
            "data 1 2  fin",
            "data 1 2 77 waits",
            "ack 1 10 100 20-30 35-40",
            "ack 1 10 100 20-30 35-40 connected",
            "reset 2 65535",
            "leave");

    private ByteBuf joined(List<ByteBuf> frames) {
        ByteBuf all = allocator.buffer();
        frames.forEach(frame -> {
            all.writeBytes(frame);
            frame.release();
        });
        return all;
    }

    @Test
    void saysWhatWasWritten() {
        ByteBuf all = joined(oneOfEach());
        int bytes = all.readableBytes();
        assertNull(reader.read(all));
        assertEquals(WORDS, sink.frames);
        assertEquals(bytes, reader.bytes());
        assertEquals(bytes, writer.bytes());
    }

    @Test
    void saysTheSameHoweverTheBytesAreCut() {
        Property.named("cut anywhere").runs(200).check((random, size) -> {
            FramesTest fresh = new FramesTest();
            ByteBuf all = fresh.joined(fresh.oneOfEach());
            while (all.isReadable()) {
                int cut = 1 + random.nextInt(Math.min(all.readableBytes(), 1 + random.nextInt(60)));
                assertNull(fresh.reader.read(fresh.allocator.buffer().writeBytes(all, cut)));
            }
            all.release();
            assertEquals(WORDS, fresh.sink.frames);
            fresh.givesEverythingBack();
        });
    }

    @Test
    void noticesEveryChangedBit() {
        int bits = 8 * LegFormat.DATA_OVERHEAD_BYTES + 16;
        for (int bit = 0; bit < bits; bit++) {
            FramesTest fresh = new FramesTest();
            ByteBuf frame = fresh.data(1, 5, "xy", false);
            frame.setByte(bit / 8, frame.getByte(bit / 8) ^ 1 << bit % 8);
            FlowSharderReason reason = fresh.reader.read(frame);
            // A length that grew asks for more bytes.
            assertTrue(reason != null || fresh.sink.frames.isEmpty(), "bit " + bit);
            assertEquals(List.of(), fresh.sink.frames, "bit " + bit);
            fresh.givesEverythingBack();
        }
    }

    @Test
    void noticesFramesThatAreLostDoubledOrMoved() {
        for (int fault = 0; fault < 3; fault++) {
            FramesTest fresh = new FramesTest();
            List<ByteBuf> frames =
                    new ArrayList<>(List.of(fresh.writer.legAck(1), fresh.writer.legAck(2), fresh.writer.legAck(3)));
            switch (fault) {
                case 0 -> frames.remove(1).release();
                case 1 -> frames.add(1, frames.get(0).copy());
                default -> frames.add(frames.remove(1));
            }
            assertEquals(FlowSharderReason.CHECKSUM, fresh.reader.read(fresh.joined(frames)));
            assertEquals(List.of("leg-ack 1"), fresh.sink.frames);
            fresh.givesEverythingBack();
        }
    }

    @Test
    void readsNothingAfterAFault() {
        writer.key(KEY);
        assertEquals(FlowSharderReason.CHECKSUM, reader.read(writer.legAck(1)));
        assertEquals(FlowSharderReason.CHECKSUM, reader.read(new FrameWriter(allocator).legAck(1)));
        assertEquals(List.of(), sink.frames);
    }

    @Test
    void changesItsKeyFromOneFrameToTheNext() {
        ByteBuf first = writer.legAck(1);
        writer.key(KEY);
        ByteBuf second = writer.legAck(2);
        assertNull(reader.read(first));
        reader.key(KEY);
        assertNull(reader.read(second));
        assertEquals(List.of("leg-ack 1", "leg-ack 2"), sink.frames);
    }

    private void refuses(FlowSharderReason expected, ByteBuf frame) {
        FramesTest fresh = new FramesTest();
        // The checksum is right: what is wrong is said by the sender.
        FrameSeal seal = new FrameSeal();
        int content = LegFormat.HEADER_BYTES;
        frame.setInt(LegFormat.CHECK_INDEX, seal.next(frame, 0, frame, content, frame.readableBytes() - content));
        String words = ByteBufUtil.hexDump(frame);
        assertEquals(expected, fresh.reader.read(frame), words);
        assertEquals(List.of(), fresh.sink.frames);
        fresh.givesEverythingBack();
    }

    private static ByteBuf frame(int type, int flags, int length, int flow, long... content) {
        ByteBuf frame = Unpooled.buffer()
                .writeByte(type)
                .writeByte(flags)
                .writeShort(length)
                .writeInt(flow)
                .writeInt(0);
        for (long value : content) {
            frame.writeLong(value);
        }
        return frame;
    }

    @Test
    void refusesWhatDoesNotFitItsType() {
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(0, 0, 0, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(11, 0, 0, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(255, 0, 0, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(4, 0, 0, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(5, 0, 8, 1, 1));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(5, 1, 8, 0, 1));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(5, 0, 0, 0));
        refuses(FlowSharderReason.OVERSIZE_FRAME, frame(3, 0, 8, 0, 1));
        refuses(FlowSharderReason.OVERSIZE_FRAME, frame(5, 0, 16, 0, 1, 2));
        refuses(FlowSharderReason.OVERSIZE_FRAME, frame(8, 0, 8 + LegFormat.MAX_DATA_BYTES + 1, 1, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(5, 0, 8, 0, -1));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(8, 0, 8, 1, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(8, 0, 16, 0, 0, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(8, 0, 16, 1, -1, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(8, 0, 16, 1, Long.MAX_VALUE - 8, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(8, 2, 16, 1, 0, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(8, 3, 16, 1, 0, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(9, 1, 16, 1, 0, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(9, 3, 16, 1, 0, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(9, 0, 24, 1, 0, 0, 0));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(9, 0, 32, 1, 10, 20, 10, 15));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(9, 0, 32, 1, 10, 20, 15, 15));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(9, 0, 48, 1, 0, 20, 5, 7, 7, 9));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(9, 0, 16, 1, -1, 20));
        refuses(FlowSharderReason.MALFORMED_FRAME, frame(7, 0, 16, 1, -1, 0));
    }

    @Test
    void anEdgeNamesNoTargetThatNobodyCouldRead() {
        assertThrows(IllegalArgumentException.class, () -> writer.open(1, 0, ""));
        assertThrows(IllegalArgumentException.class, () -> writer.open(1, 0, "ä".repeat(257)));
    }

    @Test
    void takesWhateverComesWithoutThrowing() {
        Property.named("random and mutated bytes").runs(2_000).check((random, size) -> {
            FramesTest fresh = new FramesTest();
            ByteBuf all = random.nextBoolean() ? fresh.noise(random) : fresh.mutated(random);
            fresh.reader.read(all);
            fresh.givesEverythingBack();
        });
    }

    private ByteBuf noise(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return allocator.buffer().writeBytes(bytes);
    }

    private ByteBuf mutated(RandomGenerator random) {
        ByteBuf all = joined(oneOfEach());
        for (int change = random.nextInt(4); change >= 0; change--) {
            all.setByte(random.nextInt(all.readableBytes()), random.nextInt(256));
        }
        return all;
    }

    @Test
    void keepsLittleMoreOfAFrameThanCame() {
        ByteBuf start = frame(8, 0, 8 + LegFormat.MAX_DATA_BYTES, 1);
        assertNull(reader.read(allocator.buffer().writeBytes(start)));
        assertTrue(allocator.liveBytes() <= 64, () -> allocator.liveBytes() + " bytes held for a header");
    }
}
