package io.foreshard.coreapi;

import java.util.Arrays;

/**
 * What a {@link Forecaster} expects of the next steps of a series: mean, quantiles, horizon and measured skill. Immutable.
 */
public final class Forecast {

    private final double[] mean;
    private final double[] levels;
    private final double[][] quantiles;
    private final double skill;

    /**
     * Copies the arguments.
     *
     * @param mean expected value for each step, shape {@code [horizon]}
     * @param levels quantile levels in (0, 1), strictly ascending, shape {@code [levels]}
     * @param quantiles non-decreasing along the levels, shape {@code [levels][horizon]}
     * @param skill mean absolute scaled error against the naive forecast on past one-step forecasts (below 1 is better than
     *     naive), or {@link Double#NaN} when not known yet
     * @throws IllegalArgumentException if the shapes differ or the levels are not ascending within (0, 1)
     */
    public Forecast(double[] mean, double[] levels, double[][] quantiles, double skill) {
        if (mean.length == 0) {
            throw new IllegalArgumentException("mean: length 0 (expected: >= 1)");
        }
        if (quantiles.length != levels.length) {
            throw new IllegalArgumentException(
                    "quantiles: " + quantiles.length + " rows (expected: one per level, " + levels.length + ")");
        }
        double last = 0;
        for (double level : levels) {
            if (!(level > last && level < 1)) {
                throw new IllegalArgumentException("levels: " + level + " (expected: ascending within (0, 1))");
            }
            last = level;
        }
        this.mean = mean.clone();
        this.levels = levels.clone();
        this.quantiles = new double[levels.length][];
        for (int row = 0; row < levels.length; row++) {
            if (quantiles[row].length != mean.length) {
                throw new IllegalArgumentException(
                        "quantiles: " + quantiles[row].length + " steps (expected: " + mean.length + ")");
            }
            this.quantiles[row] = quantiles[row].clone();
        }
        this.skill = skill;
    }

    /** Returns the number of steps ahead that this forecast covers. */
    public int horizonSteps() {
        return mean.length;
    }

    /**
     * Returns the expected value of a step.
     *
     * @param step 1 for the step right after the newest sample, up to {@link #horizonSteps()}
     */
    public double mean(int step) {
        return mean[step - 1];
    }

    /** Returns a copy of the quantile levels, ascending. */
    public double[] levels() {
        return levels.clone();
    }

    /**
     * Returns a quantile of a step, interpolated linearly between the known levels and held flat beyond them.
     *
     * @param level the level in (0, 1)
     * @param step 1 for the step right after the newest sample, up to {@link #horizonSteps()}
     */
    public double quantile(double level, int step) {
        if (levels.length == 0) {
            return mean(step);
        }
        int found = Arrays.binarySearch(levels, level);
        if (found >= 0) {
            return quantiles[found][step - 1];
        }
        int above = -found - 1;
        if (above == 0) {
            return quantiles[0][step - 1];
        }
        if (above == levels.length) {
            return quantiles[levels.length - 1][step - 1];
        }
        double weight = (level - levels[above - 1]) / (levels[above] - levels[above - 1]);
        return quantiles[above - 1][step - 1] * (1 - weight) + quantiles[above][step - 1] * weight;
    }

    /**
     * Returns the mean absolute scaled error of past one-step forecasts against the naive forecast: below 1 is better than
     * naive, {@link Double#NaN} means not known yet.
     */
    public double skill() {
        return skill;
    }
}
