package io.foreshard.flowsharder.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.CountingAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The memory of flows that wait has a bound, and who need not wait share one buffer. */
class CopyBuffersTest {

    private static final int READ_BYTES = 64 << 10;
    private static final int LIMIT_BYTES = 2 << 20;
    private static final int LEAST_BYTES = 4 << 10;

    private final CountingAllocator allocator = new CountingAllocator();
    private final CopyBuffers buffers = new CopyBuffers(allocator, READ_BYTES, LIMIT_BYTES);

    private CopyBuffer take() {
        return (CopyBuffer) Objects.requireNonNull(buffers.take());
    }

    @Test
    void sharesTheBufferThatWasUsedLast() {
        CopyBuffer first = take();
        buffers.giveBack(first);
        assertSame(first, take());
        buffers.giveBack(first);
        buffers.close();
        allocator.assertAllReleased();
    }

    @Test
    void manyThatWaitKeepWithinTheLimit() {
        List<Conduit> waiting = new ArrayList<>();
        int flows = 1000;
        for (int i = 0; i < flows; i++) {
            CopyBuffer buffer = take();
            buffer.data().setIndex(0, buffer.mostBytes());
            waiting.add(buffers.park(buffer));
        }
        long least = flows * (long) LEAST_BYTES;
        assertTrue(allocator.liveBytes() <= LIMIT_BYTES + least + READ_BYTES, "held: " + allocator.liveBytes());
        waiting.forEach(buffers::giveBack);
        assertEquals(READ_BYTES, take().mostBytes());
    }

    @Test
    void whatWaitsIsKeptWhenItMoves() {
        List<Conduit> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            CopyBuffer buffer = take();
            buffer.data().clear().writeInt(0).writeInt(i).readerIndex(Integer.BYTES);
            waiting.add(buffers.park(buffer));
        }
        for (int i = 0; i < waiting.size(); i++) {
            assertEquals(
                    i,
                    ((CopyBuffer) waiting.get(i))
                            .data()
                            .getInt(((CopyBuffer) waiting.get(i)).data().readerIndex()));
            buffers.giveBack(waiting.get(i));
        }
        buffers.close();
        allocator.assertAllReleased();
    }
}
