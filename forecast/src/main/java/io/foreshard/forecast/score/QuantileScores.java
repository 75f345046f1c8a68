package io.foreshard.forecast.score;

/** Scores of quantile forecasts. */
public final class QuantileScores {

    private QuantileScores() {}

    /**
     * Returns the pinball loss of one quantile (Koenker and Bassett 1978): least on average when the quantile is right. The loss is what
     * a newsvendor with these costs per unit pays, so it can be the measure of a decision itself.
     *
     * @param actual what happened, finite
     * @param quantile what was forecast
     * @param level of the quantile, in (0, 1)
     */
    public static double pinball(double actual, double quantile, double level) {
        if (!Double.isFinite(quantile)) {
            return Double.POSITIVE_INFINITY;
        }
        return actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual);
    }

    /**
     * Returns the mean pinball loss of one level over the steps.
     *
     * @param actual what happened
     * @param quantile what was forecast
     * @param level of the quantile, in (0, 1)
     * @throws IllegalArgumentException if the lengths differ or the level is out of range
     */
    public static double pinball(double[] actual, double[] quantile, double level) {
        Checks.requireSameLength("quantile", quantile, actual);
        Checks.requireLevel("level", level);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < actual.length; i++) {
            if (Double.isFinite(actual[i])) {
                sum += pinball(actual[i], quantile[i], level);
                count++;
            }
        }
        return sum / count;
    }

    /**
     * Returns the weighted quantile loss (as in GluonTS and Chronos): twice the pinball losses over the sum of the magnitudes, averaged
     * over the levels.
     *
     * @param actual what happened
     * @param quantiles what was forecast, shape {@code [levels][actual]}
     * @param levels ascending within (0, 1)
     * @return 0 when there is no loss, infinite when all actual values are 0 and there is
     * @throws IllegalArgumentException if the shapes differ or the levels are not ascending
     */
    public static double weightedQuantileLoss(double[] actual, double[][] quantiles, double[] levels) {
        Checks.requireLevels(levels, quantiles.length);
        double magnitude = 0;
        int count = 0;
        for (double value : actual) {
            if (Double.isFinite(value)) {
                magnitude += Math.abs(value);
                count++;
            }
        }
        double loss = 0;
        for (int row = 0; row < levels.length; row++) {
            loss += 2 * pinball(actual, quantiles[row], levels[row]) / levels.length;
        }
        return Checks.scaled(loss, magnitude / count);
    }
}
