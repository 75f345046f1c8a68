package io.foreshard.stackvirt.buffer;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The share of one stack in a {@link BufferPool}. On the pool's thread. */
public final class BufferAccount implements AutoCloseable {

    final String name;
    int credits;
    int held;
    boolean isClosed;

    private final BufferPool pool;

    BufferAccount(BufferPool pool, String name, int credits) {
        this.pool = pool;
        this.name = name;
        this.credits = credits;
    }

    /**
     * Takes a buffer.
     *
     * @param nowNanos the time, for the audit
     * @return empty, of the pool's size; whoever has it releases it, on any thread. Null if the credits are used up or the pool is empty, which
     *     the pool counts
     */
    public @Nullable ByteBuf acquire(long nowNanos) {
        return pool.acquire(this, nowNanos);
    }

    /** Returns how many buffers it has, less those that were released on other threads and not seen yet. */
    public int held() {
        return held;
    }

    /** Returns how many it may have. */
    public int credits() {
        return credits;
    }

    /** Gives the credits back. Buffers that it has stay valid, and come back to the pool when they are released. May be repeated. */
    @Override
    public void close() {
        pool.close(this);
    }
}
