package io.foreshard.forecast.score;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;

/**
 * Continuous ranked probability score of one forecast distribution, in the unit of the series (Gneiting and Raftery 2007); for a point
 * forecast it is the absolute error.
 */
public final class Crps {

    private Crps() {}

    /**
     * Returns the score of a normal distribution, in closed form.
     *
     * @param actual what happened, finite
     * @param mean of the forecast
     * @param standardDeviation of the forecast, at least 0
     * @throws IllegalArgumentException if the standard deviation is negative or NaN
     */
    public static double gaussian(double actual, double mean, double standardDeviation) {
        if (!(standardDeviation >= 0)) {
            throw new IllegalArgumentException("standardDeviation: " + standardDeviation + " (expected: >= 0)");
        }
        double distance = Checks.distance(actual, mean);
        if (standardDeviation == 0 || distance == Double.POSITIVE_INFINITY) {
            return distance;
        }
        double z = distance / standardDeviation;
        double twiceDensity = Math.sqrt(2 / Math.PI) * Math.exp(-z * z / 2);
        return standardDeviation * (z * Erf.erf(z / Math.sqrt(2)) + twiceDensity - 1 / Math.sqrt(Math.PI));
    }

    /**
     * Returns the score of a distribution known by some quantiles: twice the pinball loss summed over the levels, each with the width of
     * the levels nearest to it. Exact for a dense grid; a few levels leave the tails to the outermost ones.
     *
     * @param actual what happened, finite
     * @param quantiles what was forecast, one per level
     * @param levels ascending within (0, 1), at least 1
     * @throws IllegalArgumentException if the lengths differ or the levels are not ascending
     */
    public static double ofQuantiles(double actual, double[] quantiles, double[] levels) {
        Checks.requireLevels(levels, quantiles.length);
        double sum = 0;
        double from = 0;
        for (int i = 0; i < levels.length; i++) {
            double to = i + 1 < levels.length ? (levels[i] + levels[i + 1]) / 2 : 1;
            sum += 2 * (to - from) * QuantileScores.pinball(actual, quantiles[i], levels[i]);
            from = to;
        }
        return sum;
    }

    /**
     * Returns the score of a sample of equally likely values: the mean distance to what happened, less half the mean distance of two of
     * them.
     *
     * @param actual what happened, finite
     * @param members the sample, in any order, at least 1
     * @throws IllegalArgumentException if there is no member
     */
    public static double ofEnsemble(double actual, double[] members) {
        if (members.length == 0) {
            throw new IllegalArgumentException("members: none (expected: at least 1)");
        }
        double[] sorted = members.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double distance = 0;
        double spread = 0;
        for (int i = 0; i < n; i++) {
            distance += Checks.distance(actual, sorted[i]);
            // The distances to a common point keep the sum small where the values are large.
            spread += (2.0 * i - n + 1) * (sorted[i] - sorted[0]);
        }
        return distance == Double.POSITIVE_INFINITY ? distance : distance / n - spread / n / n;
    }
}
