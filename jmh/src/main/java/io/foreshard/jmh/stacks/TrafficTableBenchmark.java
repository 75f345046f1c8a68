package io.foreshard.jmh.stacks;

import io.foreshard.stackvirt.traffic.TrafficKey;
import io.foreshard.stackvirt.traffic.TrafficTable;
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

/** Counting a message and its answer for its key: of a hundred busy keys, of a thousand that pause for 20 s each, of four times as many keys as there are places. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class TrafficTableBenchmark {

    private static final int PLACES = 1024;
    private static final int DRAWS = 1 << 14;

    /** Which traffic. */
    @Param({"busy", "pausing", "many"})
    public String keys = "busy";

    private final TrafficTable table = new TrafficTable(PLACES);
    private TrafficKey[] drawn = {};
    private double millis;
    private double step;
    private int next;

    /** Draws the keys. */
    @Setup
    public void draw() {
        int different = switch (keys) {
            case "busy" -> 100;
            case "pausing" -> 1000;
            default -> 4 * PLACES;
        };
        step = keys.equals("busy") ? 0.1 : 20;
        drawn = new SplittableRandom(1)
                .ints(DRAWS, 0, different)
                .mapToObj(number -> new TrafficKey("dns", number, 0, TrafficKey.VolumeClass.SMALL))
                .toArray(TrafficKey[]::new);
    }

    /** Counts one. */
    @Benchmark
    public void count() {
        TrafficKey key = drawn[next++ & (DRAWS - 1)];
        millis += step;
        table.arrived(key, (long) millis);
        table.answered(key);
    }
}
