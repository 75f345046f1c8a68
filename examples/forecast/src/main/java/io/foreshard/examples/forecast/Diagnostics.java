package io.foreshard.examples.forecast;

import java.util.Arrays;

/** What the errors of a forecaster look like. Errors that are NaN are left out. */
final class Diagnostics {

    private Diagnostics() {}

    /**
     * Autocorrelation of errors at lags 1 to the most; 0 for errors that are all alike.
     *
     * @param errors one per step, NaN for a gap
     */
    static double[] autocorrelation(double[] errors, int mostLags) {
        double mean = mean(errors);
        double variance = 0;
        for (double error : errors) {
            variance += Double.isNaN(error) ? 0 : (error - mean) * (error - mean);
        }
        double[] correlations = new double[Math.max(0, Math.min(mostLags, errors.length - 1))];
        for (int lag = 1; lag <= correlations.length; lag++) {
            correlations[lag - 1] = variance > 0 ? product(errors, mean, lag) / variance : 0;
        }
        return correlations;
    }

    private static double product(double[] errors, double mean, int lag) {
        double sum = 0;
        for (int index = lag; index < errors.length; index++) {
            double product = (errors[index] - mean) * (errors[index - lag] - mean);
            sum += Double.isNaN(product) ? 0 : product;
        }
        return sum;
    }

    static double mean(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
    }

    /** Share of samples between the bounds among those known in the steps up to each one, as many as the window has. */
    static double[] rollingCoverage(double[] actual, double[] low, double[] high, int window) {
        double[] shares = new double[actual.length];
        int known = 0;
        int inside = 0;
        for (int index = 0; index < actual.length; index++) {
            known += isKnown(actual[index]);
            inside += isInside(actual, low, high, index);
            if (index >= window) {
                known -= isKnown(actual[index - window]);
                inside -= isInside(actual, low, high, index - window);
            }
            shares[index] = index >= window - 1 && known > 0 ? (double) inside / known : Double.NaN;
        }
        return shares;
    }

    private static int isKnown(double sample) {
        return Double.isNaN(sample) ? 0 : 1;
    }

    private static int isInside(double[] actual, double[] low, double[] high, int index) {
        return actual[index] >= low[index] && actual[index] <= high[index] ? 1 : 0;
    }

    /** Number of values in each of the bins of equal width from the low to the high end; values beyond count in the outermost. */
    static double[] histogram(double[] values, double low, double high, int bins) {
        double[] counts = new double[bins];
        for (double value : values) {
            if (Double.isFinite(value)) {
                int bin = (int) Math.floor((value - low) / (high - low) * bins);
                counts[Math.max(0, Math.min(bins - 1, bin))]++;
            }
        }
        return counts;
    }

    /** A quantile of the values that are finite, by nearest rank; NaN when there is none. */
    static double quantile(double[] values, double level) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.max(0, Math.min(sorted.length - 1, (int) Math.ceil(level * sorted.length) - 1))];
    }
}
