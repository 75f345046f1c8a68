package io.foreshard.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import org.junit.jupiter.api.Test;

class CountingAllocatorTest {

    private final CountingAllocator allocator = new CountingAllocator(false, true);

    @Test
    void countsHeapAndDirectBuffersAndTheirBytes() {
        ByteBuf heap = allocator.heapBuffer(100);
        ByteBuf direct = allocator.directBuffer(50);
        assertEquals(2, allocator.liveBuffers());
        assertEquals(150, allocator.liveBytes());
        heap.release();
        assertEquals(50, allocator.liveBytes());
        direct.release();
        assertEquals(0, allocator.liveBytes());
        assertEquals(150, allocator.peakBytes());
        assertEquals(2, allocator.allocations());
        allocator.assertAllReleased();
    }

    @Test
    void followsBuffersThatGrow() {
        ByteBuf heap = allocator.heapBuffer(16).writeZero(1000);
        ByteBuf direct = allocator.directBuffer(16).writeZero(1000);
        assertEquals(heap.capacity() + direct.capacity(), allocator.liveBytes());
        heap.release();
        direct.release();
        assertEquals(0, allocator.liveBytes());
    }

    @Test
    void aSliceKeepsItsBufferAlive() {
        ByteBuf buffer = allocator.buffer(10).writeZero(10);
        ByteBuf slice = buffer.retainedSlice(2, 3);
        buffer.release();
        assertEquals(1, allocator.liveBuffers());
        slice.release();
        allocator.assertAllReleased();
    }

    @Test
    void aCompositeCountsWithoutBytesOfItsOwn() {
        CompositeByteBuf composite = allocator.compositeBuffer().addComponent(true, allocator.buffer(10));
        assertEquals(2, allocator.liveBuffers());
        assertEquals(10, allocator.liveBytes());
        composite.release();
        allocator.assertAllReleased();
    }

    @Test
    void namesWhatWasNotReleasedAndWhereItCameFrom() {
        ByteBuf leaked = allocator.heapBuffer(123);
        AssertionError error = assertThrows(AssertionError.class, allocator::assertAllReleased);
        assertTrue(error.getMessage().contains("1 buffers not released"), error.getMessage());
        assertTrue(error.getMessage().contains("123 B, refCnt 1"), error.getMessage());
        assertEquals(1, error.getSuppressed().length);
        leaked.release();
    }
}
