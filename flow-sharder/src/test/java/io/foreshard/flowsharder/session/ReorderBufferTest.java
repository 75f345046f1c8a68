package io.foreshard.flowsharder.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.wire.AckRanges;
import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.Property;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReorderBufferTest {

    private final CountingAllocator allocator = new CountingAllocator();
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();
    private final ReorderBuffer buffer = new ReorderBuffer(piece -> {
        byte[] bytes = new byte[piece.readableBytes()];
        piece.readBytes(bytes);
        got.writeBytes(bytes);
        piece.release();
    });

    private boolean offer(int from, int to, boolean fin) {
        ByteBuf payload = allocator.buffer();
        for (int at = from; at < to; at++) {
            payload.writeByte(at);
        }
        boolean fits = buffer.offer(from, payload, fin);
        payload.release();
        return fits;
    }

    private String waiting() {
        AckRanges ranges = new AckRanges();
        buffer.tell(ranges);
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < ranges.size(); i++) {
            words.append(ranges.from(i)).append("-").append(ranges.to(i)).append(" ");
        }
        return words.toString().strip();
    }

    @Test
    void tellsWhatWaitsAndSkipsNoGap() {
        assertTrue(offer(10, 20, false));
        assertTrue(offer(20, 25, false));
        assertTrue(offer(40, 50, true));
        assertEquals("10-25 40-50", waiting());
        assertEquals(25, buffer.earlyBytes());
        assertEquals(0, got.size());
        assertTrue(offer(0, 12, false));
        assertEquals(25, buffer.next());
        assertFalse(buffer.isComplete());
        assertTrue(offer(25, 40, false));
        assertTrue(buffer.isComplete());
        assertEquals(50, got.size());
        allocator.assertAllReleased();
    }

    @Test
    void refusesAStreamThatEndsTwiceOrGoesOnBehindItsEnd() {
        assertTrue(offer(0, 10, false));
        assertTrue(offer(20, 30, false));
        assertFalse(offer(12, 14, true), "ends before what came");
        assertFalse(offer(5, 8, true), "ends before what was passed on");
        assertTrue(offer(30, 40, true));
        assertTrue(offer(40, 40, true), "said again");
        assertFalse(offer(41, 41, true));
        assertFalse(offer(35, 41, false));
        buffer.close();
        allocator.assertAllReleased();
    }

    @Test
    void putsAnyPiecesTogetherOnceEach() {
        Property.named("the stream as it was").runs(500).check((random, size) -> {
            ReorderBufferTest fresh = new ReorderBufferTest();
            int length = 1 + random.nextInt(120);
            for (int sent = 0; !fresh.buffer.isComplete(); sent++) {
                int from = random.nextInt(length + 1);
                int to = from + random.nextInt(length - from + 1);
                // At last, what is missing.
                from = sent > 200 ? (int) fresh.buffer.next() : from;
                to = sent > 200 ? length : to;
                assertTrue(fresh.offer(from, to, to == length));
            }
            byte[] expected = new byte[length];
            for (int at = 0; at < length; at++) {
                expected[at] = (byte) at;
            }
            assertTrue(Arrays.equals(expected, fresh.got.toByteArray()));
            assertEquals(0, fresh.buffer.earlyBytes());
            fresh.buffer.close();
            fresh.allocator.assertAllReleased();
        });
    }

    /** A few bytes of a large buffer would keep all of it. */
    @Test
    void copiesWhatIsLittleOfALargeBuffer() {
        ByteBuf large = allocator.buffer(65_536).writeZero(65_536);
        buffer.offer(10, large.slice(100, 50), false);
        large.release();
        assertTrue(allocator.liveBytes() < 1_024, () -> allocator.liveBytes() + " bytes held");
        buffer.close();
        allocator.assertAllReleased();
    }
}
