package io.foreshard.forecast.score;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Whether two methods forecast equally well (Diebold and Mariano 1995), with the correction for small samples of Harvey, Leybourne and
 * Newbold (1997).
 *
 * @param statistic negative when the first method is better; against Student's t with {@code samples − 1} degrees of freedom
 * @param pValue two-sided; 1 when there is too little to tell
 * @param samples number of pairs compared
 */
public record DieboldMariano(double statistic, double pValue, int samples) {

    /**
     * Compares the errors of two methods on the same steps.
     *
     * @param first errors of the first method, in order of time
     * @param second errors of the second method
     * @param horizonSteps how many forecasts overlap: the horizon when there is one per step; above 0
     * @param power of the loss: 1 for absolute, 2 for squared errors
     * @return the test; steps on which an error is not finite are left out
     * @throws IllegalArgumentException if the lengths differ, or the horizon or the power are not above 0
     */
    public static DieboldMariano ofErrors(double[] first, double[] second, int horizonSteps, double power) {
        Checks.requireSameLength("second", second, first);
        if (!(power > 0 && power <= 10)) {
            throw new IllegalArgumentException("power: " + power + " (expected: in (0, 10])");
        }
        double[] difference = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            difference[i] = Math.pow(Math.abs(first[i]), power) - Math.pow(Math.abs(second[i]), power);
        }
        return ofDifferences(difference, horizonSteps);
    }

    /**
     * Tests whether the loss of the first method less that of the second is 0 on average.
     *
     * @param lossDifferences in order of time; those that are not finite are left out
     * @param horizonSteps how many forecasts overlap, above 0
     * @return the test
     * @throws IllegalArgumentException if the horizon is not above 0
     */
    public static DieboldMariano ofDifferences(double[] lossDifferences, int horizonSteps) {
        if (horizonSteps < 1) {
            throw new IllegalArgumentException("horizonSteps: " + horizonSteps + " (expected: >= 1)");
        }
        double[] kept = finite(lossDifferences);
        int n = kept.length;
        if (n < 2 || horizonSteps >= n) {
            return new DieboldMariano(0, 1, n);
        }
        double mean = mean(kept);
        double variance = variance(kept, mean, horizonSteps);
        if (variance > 0) {
            return ofStatistic(mean / Math.sqrt(variance) * correction(n, horizonSteps), n);
        }
        // Sums of estimated covariances can be negative; as in R the overlap is then left aside.
        return horizonSteps > 1 ? ofDifferences(kept, 1) : withoutVariance(mean, n);
    }

    private static DieboldMariano withoutVariance(double mean, int n) {
        return mean == 0
                ? new DieboldMariano(0, 1, n)
                : new DieboldMariano(Math.copySign(Double.POSITIVE_INFINITY, mean), 0, n);
    }

    private static DieboldMariano ofStatistic(double statistic, int n) {
        double tail = new TDistribution(n - 1.0).cumulativeProbability(-Math.abs(statistic));
        return new DieboldMariano(statistic, 2 * tail, n);
    }

    private static double correction(int n, int horizonSteps) {
        double h = horizonSteps;
        return Math.sqrt((n + 1 - 2 * h + h / n * (h - 1)) / n);
    }

    /** Of the mean: the autocovariances below the horizon, over the number of samples. */
    private static double variance(double[] values, double mean, int horizonSteps) {
        double sum = autocovariance(values, mean, 0);
        for (int lag = 1; lag < horizonSteps; lag++) {
            sum += 2 * autocovariance(values, mean, lag);
        }
        return sum / values.length;
    }

    private static double autocovariance(double[] values, double mean, int lag) {
        double sum = 0;
        for (int i = lag; i < values.length; i++) {
            sum += (values[i] - mean) * (values[i - lag] - mean);
        }
        return sum / values.length;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double[] finite(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).toArray();
    }
}
