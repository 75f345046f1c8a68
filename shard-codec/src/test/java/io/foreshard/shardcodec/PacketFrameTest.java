package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacketFrameTest {

    private final CountingAllocator allocator = new CountingAllocator();
    private final List<WireReason> drops = new ArrayList<>();
    private final RandomPackets packets = new RandomPackets();

    @AfterEach
    void everyBufferIsReleased() {
        allocator.assertAllReleased();
    }

    @Test
    void cutsTheSamePacketsOutOfAnyChunks() {
        Property.named("frames survive any chunking").runs(200).maxSize(12).check((random, size) -> {
            List<ByteBuf> sent = new ArrayList<>();
            ByteBuf stream = Unpooled.buffer();
            for (int i = 0; i < size; i++) {
                sent.add(packets.any(random));
                stream.writeBytes(framed(sent.get(i)));
            }
            EmbeddedChannel channel = decoder();
            while (stream.isReadable()) {
                int step = Math.min(stream.readableBytes(), 1 + random.nextInt(random.nextBoolean() ? 7 : 4_000));
                channel.writeInbound(allocator.buffer(step).writeBytes(stream, step));
            }
            for (ByteBuf packet : sent) {
                assertNext(packet, channel);
            }
            assertNull(channel.readInbound());
            assertFalse(channel.finish());
        });
        assertEquals(List.of(), drops);
    }

    private ByteBuf framed(ByteBuf packet) {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketFrameEncoder());
        channel.writeOutbound(packet.retainedDuplicate());
        ByteBuf frame = channel.readOutbound();
        ByteBuf copy = Unpooled.copiedBuffer(frame);
        frame.release();
        channel.finish();
        return copy;
    }

    private static void assertNext(ByteBuf expected, EmbeddedChannel channel) {
        ByteBuf packet = channel.readInbound();
        assertTrue(ByteBufUtil.equals(expected, packet));
        packet.release();
    }

    private EmbeddedChannel decoder() {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketFrameDecoder(drops::add));
        channel.config().setAllocator(allocator);
        return channel;
    }

    @Test
    void closesTheStreamOnAnImpossibleLengthAndAllocatesNothingForIt() {
        for (long length : new long[] {0, 31, 32_825, Integer.MAX_VALUE, 0x8000_0000L, 0xFFFF_FFFFL}) {
            drops.clear();
            EmbeddedChannel channel = decoder();
            long before = allocator.liveBytes();
            channel.writeInbound(allocator.buffer(8).writeInt((int) length).writeInt(0));
            assertEquals(List.of(WireReason.BAD_FRAME_LENGTH), drops, "length " + length);
            assertFalse(channel.isOpen());
            assertEquals(before, allocator.liveBytes());
            channel.finish();
        }
    }

    @Test
    void deliversWhatCameBeforeTheImpossibleLengthAndNothingAfterIt() {
        ByteBuf good = packets.any(new SeededRandom(3));
        EmbeddedChannel channel = decoder();
        ByteBuf stream = allocator.buffer();
        stream.writeBytes(framed(good)).writeInt(-1).writeBytes(framed(good)).writeInt(-1);
        channel.writeInbound(stream);
        assertNext(good, channel);
        assertNull(channel.readInbound());
        assertEquals(List.of(WireReason.BAD_FRAME_LENGTH), drops);
        channel.finish();
    }

    @Test
    void takesTheShortestAndTheLongestFrame() {
        EmbeddedChannel channel = decoder();
        for (int length : new int[] {WireFormat.CONTROL_OVERHEAD_BYTES, WireFormat.MAX_STREAM_PACKET_BYTES}) {
            channel.writeInbound(allocator.buffer().writeInt(length).writeZero(length));
            ByteBuf packet = channel.readInbound();
            assertEquals(length, packet.readableBytes());
            packet.release();
        }
        assertFalse(channel.finish());
    }

    @Test
    void releasesAFrameThatNeverEnds() {
        EmbeddedChannel channel = decoder();
        channel.writeInbound(allocator.buffer().writeInt(100).writeZero(50));
        assertNull(channel.readInbound());
        assertFalse(channel.finish());
    }
}
