package io.foreshard.jmh.stacks;

import io.foreshard.stackvirt.selection.HotColdSelector;
import io.foreshard.stackvirt.selection.LeastInFlightSelector;
import io.foreshard.stackvirt.selection.RoundRobinSelector;
import io.foreshard.stackvirt.selection.TwoChoicesSelector;
import io.foreshard.stackvirt.spi.StackSelector;
import io.foreshard.stackvirt.spi.StacksView;
import java.util.List;
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

/** Picking among sixteen stacks, as multiplexers under load see them: each pick is in another of many such views. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class MuxPickBenchmark {

    private static final int VIEWS = 32;
    private static final int DRAWS = 1 << 12;

    /** Which policy. */
    @Param({"hot-cold", "least-in-flight", "two-choices", "round-robin"})
    public String policy = "hot-cold";

    private StacksView[] views = {};
    private final long[] draws = new SplittableRandom(1).longs(DRAWS).toArray();
    private StackSelector selector = new RoundRobinSelector();
    private int next;

    /** Takes the views from multiplexers that are at work. */
    @Setup
    public void fill() {
        List<StacksView> all = LoadedViews.of(VIEWS);
        views = all.toArray(StacksView[]::new);
        selector = switch (policy) {
            case "hot-cold" -> HotColdSelector.builder().build();
            case "least-in-flight" -> new LeastInFlightSelector();
            case "two-choices" -> new TwoChoicesSelector();
            default -> new RoundRobinSelector();
        };
    }

    /** Picks. */
    @Benchmark
    public int pick() {
        int at = next++;
        return selector.pick(views[at & (VIEWS - 1)], draws[at & (DRAWS - 1)]);
    }
}
