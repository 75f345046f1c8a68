package io.foreshard.jmh.shaper.scheduling;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Enqueueing a packet of some flow and releasing another's: a batch in, a batch out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseParallelGC", "-Xms2g", "-Xmx2g"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PacketSchedulerBenchmark {

    private static final int BATCH = 256;

    /** Who holds the packets. */
    @Param({"FORESHARD", "DELAY_QUEUE", "NETTY_TASK_PER_PACKET", "AGRONA_1US"})
    public String contender = Contender.FORESHARD.name();

    /** How many flows have packets queued. */
    @Param({"10000", "100000", "1000000"})
    public int flows = 10_000;

    private VirtualCourse course = new VirtualCourse(ForeshardScheduler.of(1), 1);

    /** Fills the queues. */
    @Setup
    public void fill() {
        course = (VirtualCourse) Contender.valueOf(contender).course(flows);
    }

    /** Enqueues and releases a batch. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long batch() {
        return course.batch();
    }
}
