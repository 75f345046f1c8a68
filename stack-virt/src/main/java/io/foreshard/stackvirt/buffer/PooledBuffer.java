package io.foreshard.stackvirt.buffer;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A buffer of a pool, seen by the pool. */
interface PooledBuffer {

    /** Returns itself. */
    ByteBuf buffer();

    /** Makes it as new: one reference, empty. */
    void renew();

    /** Returns which of the pool it is. */
    int index();

    /** Returns who has it, or null if it is free. */
    @Nullable
    BufferAccount account();

    /** Returns since when. */
    long sinceNanos();

    /** Says who has it. */
    void hand(@Nullable BufferAccount account, long nowNanos);
}
