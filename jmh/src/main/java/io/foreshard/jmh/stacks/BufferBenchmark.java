package io.foreshard.jmh.stacks;

import io.foreshard.stackvirt.buffer.BufferAccount;
import io.foreshard.stackvirt.buffer.BufferPool;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Taking a buffer of 4 KiB and giving it back while 64 others are in use, each time the one taken longest ago; by Netty's allocators too. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class BufferBenchmark {

    private static final int BYTES = 4096;
    private static final int IN_USE = 64;

    private final BufferAccount account = BufferPool.builder(ImmediateEventExecutor.INSTANCE)
            .buffers(1024, BYTES)
            .build()
            .open("benchmark", 1024);
    private final ByteBufAllocator pooled = PooledByteBufAllocator.DEFAULT;
    private final ByteBufAllocator adaptive = new AdaptiveByteBufAllocator();
    private final ByteBuf[] inUse = new ByteBuf[IN_USE];
    private int next;

    /** Takes from the pool. */
    @Benchmark
    public ByteBuf pool() {
        return exchange(Objects.requireNonNull(account.acquire(next), "the pool is large enough"));
    }

    /** Takes from Netty's pooled allocator. */
    @Benchmark
    public ByteBuf nettyPooled() {
        return exchange(pooled.directBuffer(BYTES, BYTES));
    }

    /** Takes from Netty's adaptive allocator. */
    @Benchmark
    public ByteBuf nettyAdaptive() {
        return exchange(adaptive.directBuffer(BYTES, BYTES));
    }

    private ByteBuf exchange(ByteBuf taken) {
        int at = next++ & (IN_USE - 1);
        ByteBuf old = inUse[at];
        inUse[at] = taken;
        if (old != null) {
            old.release();
        }
        return taken;
    }
}
