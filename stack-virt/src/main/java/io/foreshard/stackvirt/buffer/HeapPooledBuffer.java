package io.foreshard.stackvirt.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import org.jspecify.annotations.Nullable;

/** A buffer on the heap that goes back to its pool instead of being freed. */
final class HeapPooledBuffer extends UnpooledHeapByteBuf implements PooledBuffer {

    private final BufferPool pool;
    private final int index;
    private @Nullable BufferAccount account;
    private long sinceNanos;

    HeapPooledBuffer(BufferPool pool, int index, byte[] memory, int bytes) {
        super(UnpooledByteBufAllocator.DEFAULT, memory, bytes);
        this.pool = pool;
        this.index = index;
        setRefCnt(0);
    }

    @Override
    public ByteBuf buffer() {
        return this;
    }

    @Override
    public void renew() {
        resetRefCnt();
        setIndex(0, 0);
        markReaderIndex();
        markWriterIndex();
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public @Nullable BufferAccount account() {
        return account;
    }

    @Override
    public long sinceNanos() {
        return sinceNanos;
    }

    @Override
    public void hand(@Nullable BufferAccount to, long nowNanos) {
        account = to;
        sinceNanos = nowNanos;
    }

    /** The size is fixed. */
    @Override
    public ByteBuf capacity(int newCapacity) {
        if (newCapacity != capacity()) {
            throw new UnsupportedOperationException(
                    "capacity: " + newCapacity + " (expected: " + capacity() + ", buffers of a pool have one size)");
        }
        return this;
    }

    @Override
    protected void deallocate() {
        pool.released(this);
    }
}
