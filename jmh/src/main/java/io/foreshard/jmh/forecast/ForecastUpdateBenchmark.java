package io.foreshard.jmh.forecast;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.DampedTrendForecaster;
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

/** What one sample costs a forecaster that has seen many. Run with {@code -prof gc} for the bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ForecastUpdateBenchmark {

    private static final int HISTORY_STEPS = 4_096;
    private static final long SEED = 1;

    /** The name of the forecaster's provider. */
    @Param("online")
    public String forecaster = "online";

    private final SyntheticLoad load = new SyntheticLoad(SEED);
    private Forecaster model = DampedTrendForecaster.builder().build();
    private int step;

    /** Gives the forecaster a past. */
    @Setup
    public void learn() {
        model = new Contender(forecaster).forecaster();
        for (step = 0; step < HISTORY_STEPS; step++) {
            model.update(load.at(step));
        }
    }

    /** Takes one sample. */
    @Benchmark
    public void update() {
        model.update(load.at(step++));
    }
}
