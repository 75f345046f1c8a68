package io.foreshard.examples.forecast;

import io.foreshard.forecast.decomposition.SeasonDetector;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What is to be forecast.
 *
 * @param horizonSteps how far ahead
 * @param periods lengths of the seasons in steps, ascending; empty to look for them in the data
 * @param coverages of the bands, ascending, each in (0, 1)
 * @param nonNegative whether the series cannot fall below 0
 * @param origins most windows of the back-test
 */
record Question(int horizonSteps, List<Integer> periods, List<Double> coverages, boolean nonNegative, int origins) {

    /** The band that back-tests score. */
    static final double SCORED_COVERAGE = 0.95;

    private static final double RESOLUTION = 1e6;

    Question {
        periods = List.copyOf(periods);
        coverages = List.copyOf(coverages);
    }

    /** This question; with the seasons that the samples show when none are given. */
    Question withSeasonsOf(double[] samples, Duration step) {
        if (!periods.isEmpty()) {
            return this;
        }
        List<Integer> found = Arrays.stream(SeasonDetector.ofStep(step).detect(samples))
                .boxed()
                .toList();
        return new Question(horizonSteps, found, coverages, nonNegative, origins);
    }

    int[] periodArray() {
        return periods.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The levels of the quantiles that bound the bands, the scored one among them, ascending. */
    double[] levels() {
        return DoubleStream.concat(
                        coverages.stream().mapToDouble(Double::doubleValue), DoubleStream.of(SCORED_COVERAGE))
                .flatMap(coverage -> DoubleStream.of(low(coverage), high(coverage)))
                .distinct()
                .sorted()
                .toArray();
    }

    /** The lower bound of a band as a level of a quantile, rounded so that equal levels are equal. */
    static double low(double coverage) {
        return Math.round((1 - coverage) / 2 * RESOLUTION) / RESOLUTION;
    }

    static double high(double coverage) {
        return Math.round((1 + coverage) / 2 * RESOLUTION) / RESOLUTION;
    }

    /** The widest band. */
    double widest() {
        return coverages.get(coverages.size() - 1);
    }

    static List<Double> ascending(double... coverages) {
        return Arrays.stream(coverages).distinct().sorted().boxed().toList();
    }
}
