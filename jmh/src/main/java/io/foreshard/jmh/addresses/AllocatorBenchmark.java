package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.allocation.ContiguousAllocator;
import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.ShardKey;
import io.foreshard.addrsharding.spi.ShardOutcome;
import io.foreshard.addrsharding.spi.ShardRequest;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The allocator with all that is recorded: a pending shard released and another assigned; and a shard on its whole way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AllocatorBenchmark {

    private static final int SUBDIVISIONS = 64;
    private static final int CHOICES = 1 << 16;

    /** Which part of 2^16 units is assigned. */
    @Param({"0.5", "0.95"})
    public double fill;

    private final ShardRequest[] requests = new ShardRequest[SUBDIVISIONS];
    private final int[] choices = new int[CHOICES];
    private long told;
    private final ContiguousAllocator allocator = ContiguousAllocator.builder()
            .pool(Prefix.parse("10.0.0.0/8"))
            .cooldown(Duration.ZERO)
            .listener(change -> told += change.revision())
            .build();
    private Allocation[] assigned = {};
    private int next;

    /** Fills the pool. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < SUBDIVISIONS; i++) {
            requests[i] = new ShardRequest("subdivision-" + i, AddressFamily.IPV4, 24);
        }
        assigned = new Allocation[(int) (fill * CHOICES)];
        for (int i = 0; i < assigned.length; i++) {
            assigned[i] = assign(random.nextInt(SUBDIVISIONS));
        }
        for (int i = 0; i < CHOICES; i++) {
            choices[i] = random.nextInt(assigned.length);
        }
    }

    private Allocation assign(int subdivision) {
        return changed(allocator.assign(requests[subdivision], 0));
    }

    private static Allocation changed(ShardOutcome outcome) {
        return ((ShardOutcome.Changed) outcome).allocation();
    }

    /** Two steps. */
    @Benchmark
    public long releaseAndAssign() {
        int choice = choices[next++ & (CHOICES - 1)];
        allocator.release(ShardKey.of(assigned[choice]), 0);
        assigned[choice] = assign(next & (SUBDIVISIONS - 1));
        return told;
    }

    /** Five steps. */
    @Benchmark
    public long wholeLife() {
        Allocation pending = assign(next++ & (SUBDIVISIONS - 1));
        Allocation confirmed = changed(allocator.confirm(ShardKey.of(pending), 0));
        Allocation draining = changed(allocator.drain(ShardKey.of(confirmed), 0));
        allocator.release(ShardKey.of(draining), 0);
        return told;
    }
}
