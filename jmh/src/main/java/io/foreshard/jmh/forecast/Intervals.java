package io.foreshard.jmh.forecast;

import io.foreshard.coreapi.Forecast;
import java.util.Arrays;

/** The means and the 95 % intervals of the steps ahead. */
final class Intervals {

    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    final double[] mean;
    final double[] low;
    final double[] high;

    private Intervals(double[] mean, double[] low, double[] high) {
        this.mean = mean;
        this.low = low;
        this.high = high;
    }

    static Intervals of(Forecast forecast) {
        double[] mean = new double[forecast.horizonSteps()];
        double[] low = new double[mean.length];
        double[] high = new double[mean.length];
        Arrays.setAll(mean, step -> forecast.mean(step + 1));
        Arrays.setAll(low, step -> forecast.quantile(LOW, step + 1));
        Arrays.setAll(high, step -> forecast.quantile(HIGH, step + 1));
        return new Intervals(mean, low, high);
    }

    /** Means alone, with intervals of no width. */
    static Intervals point(double[] mean) {
        return new Intervals(mean, mean, mean);
    }
}
