package io.foreshard.jmh.forecast;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.DoubleStream;

/** Summaries of measured numbers. Of nothing, each is {@link Double#NaN}. */
final class Numbers {

    private Numbers() {}

    static double median(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static double mean(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    static double geometricMean(DoubleStream values) {
        return Math.exp(Arrays.stream(values.map(Math::log).toArray()).average().orElse(Double.NaN));
    }

    static double min(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    static double max(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
