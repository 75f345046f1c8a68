package io.foreshard.stackvirt.engine.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.foreshard.simulator.CountingAllocator;
import io.foreshard.stackvirt.worker.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads any bytes, cut anywhere, as what a stack sends. Replays the committed inputs as an ordinary test; with {@code JAZZER_FUZZ=1} it looks
 * for new ones.
 */
class FrameReaderFuzzTest {

    private static final int LARGEST = 300;
    private static final byte CLOSING = 99;

    /** What is read of some bytes: the frames, and whether it ended with what is none. */
    private static final class Taken implements FrameReader.Sink {

        private final List<String> frames = new ArrayList<>();
        private boolean broken;
        private boolean closed;
        private Runnable close = () -> {};

        private static String text(byte type, long correlation, byte[] content) {
            return type + "/" + correlation + "/" + ByteBufUtil.hexDump(content);
        }

        @Override
        public boolean expects(byte type, long correlation, int length) {
            return isExpected(type, correlation, length);
        }

        private static boolean isExpected(byte type, long correlation, int length) {
            return correlation >= 0 && type != 0 && (FrameType.REPLY.is(type) || length == 0);
        }

        @Override
        public void onFrame(byte type, long correlation, ByteBuf content) {
            assertFalse(broken || closed, "a frame after the end");
            frames.add(text(type, correlation, ByteBufUtil.getBytes(content)));
            content.release();
            if (type == CLOSING) {
                closed = true;
                close.run();
            }
        }

        @Override
        public void onBroken() {
            assertFalse(broken || closed, "broken after the end");
            broken = true;
        }
    }

    /** Reads all at once, by the format alone. */
    private static Taken plainly(byte[] stream) {
        Taken taken = new Taken();
        ByteBuffer bytes = ByteBuffer.wrap(stream);
        while (!taken.broken && !taken.closed && bytes.remaining() >= FrameType.HEADER_BYTES) {
            int length = bytes.getInt() - FrameType.LEAST_LENGTH;
            byte type = bytes.get();
            long correlation = bytes.getLong();
            if (length < 0 || length > LARGEST || !Taken.isExpected(type, correlation, length)) {
                taken.broken = true;
            } else if (bytes.remaining() >= length) {
                byte[] content = new byte[length];
                bytes.get(content);
                taken.frames.add(Taken.text(type, correlation, content));
                taken.closed = type == CLOSING;
            } else {
                bytes.position(bytes.limit());
            }
        }
        return taken;
    }

    /** The first byte says how the others are cut. */
    @FuzzTest(maxDuration = "3m")
    void anyBytesCutAnywhereAreTheSameFramesAndLeaveNothingBehind(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        int part = 1 + (input[0] & 0x3F);
        Taken wanted = plainly(stream);
        CountingAllocator allocator = new CountingAllocator();
        Taken taken = new Taken();
        FrameReader reader = new FrameReader(allocator, LARGEST, taken);
        taken.close = reader::close;
        for (int from = 0; from < stream.length; from += part) {
            ByteBuf piece = Unpooled.copiedBuffer(stream, from, Math.min(part, stream.length - from));
            reader.read(piece);
            assertEquals(0, piece.refCnt());
        }
        reader.close();
        reader.close();
        assertEquals(wanted.frames, taken.frames);
        assertEquals(wanted.broken, taken.broken);
        assertTrue(wanted.frames.size() <= stream.length / FrameType.HEADER_BYTES);
        allocator.assertAllReleased();
    }
}
