package io.foreshard.forecast;

import java.util.Arrays;

/**
 * Quantiles of one-step errors, learnt online: errors are scaled by their exponentially weighted mean magnitude, and each level
 * follows the gradient of its pinball loss on the scaled errors (quantile tracking, Gibbs and Candès 2021; Angelopoulos, Candès
 * and Tibshirani 2023). Levels move on their own, so the band may be asymmetric; a gradient step is bounded, so an outlier
 * moves a quantile no more than any other error does.
 */
final class ErrorQuantiles {

    static final double STEP = 0.05;
    static final double SCALE_GAIN = 0.05;

    private final double[] levels;
    private final double[] scaled;
    private double scale;
    private long count;

    ErrorQuantiles(double[] levels) {
        this.levels = levels;
        this.scaled = new double[levels.length];
        for (int row = 0; row < levels.length; row++) {
            scaled[row] = laplaceQuantile(levels[row]);
        }
    }

    /** The start: a Laplace distribution of mean magnitude 1, whose 10–90 % band is that of the normal one within 1 %. */
    private static double laplaceQuantile(double level) {
        return level < 0.5 ? Math.log(2 * level) : -Math.log(2 * (1 - level));
    }

    void learn(double error) {
        count++;
        if (scale > 0) {
            track(error);
        }
        scale += (Math.abs(error) - scale) * Math.max(SCALE_GAIN, 1.0 / count);
    }

    private void track(double error) {
        double step = Math.max(STEP, 1.0 / (count + 1));
        for (int row = 0; row < levels.length; row++) {
            double gradient = error <= scaled[row] * scale ? levels[row] - 1 : levels[row];
            scaled[row] += step * gradient;
        }
    }

    int size() {
        return levels.length;
    }

    /** Writes the quantiles in the unit of the series, in ascending order (rearrangement, Chernozhukov et al. 2010). */
    void write(double[] quantiles) {
        for (int row = 0; row < quantiles.length; row++) {
            quantiles[row] = scaled[row] * scale;
        }
        Arrays.sort(quantiles);
    }
}
