package io.foreshard.jmh.forecast;

import io.foreshard.forecast.ets.EtsFit;
import io.foreshard.forecast.ets.EtsFitter;
import java.util.Arrays;
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

/** The choice among all forms of exponential smoothing, for a load of five-minute steps summed to hours. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class EtsFitBenchmark {

    private static final int STEPS_PER_HOUR = 12;
    private static final int HOURS_PER_DAY = 24;
    private static final long SEED = 1;

    /** How many hours are known. */
    @Param({"240", "960"})
    public int hours = 240;

    private double[] series = {};

    /** Makes the series. */
    @Setup
    public void sum() {
        SyntheticLoad load = new SyntheticLoad(SEED);
        series = new double[hours];
        Arrays.setAll(series, hour -> {
            double sum = 0;
            for (int step = 0; step < STEPS_PER_HOUR; step++) {
                sum += load.at(hour * STEPS_PER_HOUR + step);
            }
            return sum;
        });
    }

    /** Fits once. */
    @Benchmark
    public EtsFit fit() {
        return EtsFitter.builder().period(HOURS_PER_DAY).build().fit(series);
    }
}
