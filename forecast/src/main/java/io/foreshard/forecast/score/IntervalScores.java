package io.foreshard.forecast.score;

/** Scores of prediction intervals. Arrays have one value per step; an interval holds its ends. */
public final class IntervalScores {

    /** The usual window of {@link #worstWindowCoverage}. */
    public static final int DEFAULT_WINDOW_STEPS = 200;

    private IntervalScores() {}

    /**
     * Returns the mean interval score (Winkler 1972; Gneiting and Raftery 2007): the width, and 2/α times what is missed.
     *
     * @param actual what happened
     * @param lower lower ends
     * @param upper upper ends
     * @param level nominal coverage 1−α in (0, 1), such as 0.95
     * @throws IllegalArgumentException if the lengths differ or the level is out of range
     */
    public static double interval(double[] actual, double[] lower, double[] upper, double level) {
        require(actual, lower, upper);
        Checks.requireLevel("level", level);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < actual.length; i++) {
            if (Double.isFinite(actual[i])) {
                sum += interval(actual[i], lower[i], upper[i], 2 / (1 - level));
                count++;
            }
        }
        return sum / count;
    }

    private static double interval(double actual, double lower, double upper, double penalty) {
        if (!Double.isFinite(lower) || !Double.isFinite(upper)) {
            return Double.POSITIVE_INFINITY;
        }
        double missed = Math.max(0, Math.max(lower - actual, actual - upper));
        return upper - lower + penalty * missed;
    }

    /**
     * Returns the mean scaled interval score of the M4 competition.
     *
     * @param actual what happened
     * @param lower lower ends
     * @param upper upper ends
     * @param level nominal coverage in (0, 1)
     * @param scale from {@link NaiveScale#meanAbsolute}
     * @throws IllegalArgumentException if the lengths differ or the level is out of range
     */
    public static double msis(double[] actual, double[] lower, double[] upper, double level, double scale) {
        return Checks.scaled(interval(actual, lower, upper, level), scale);
    }

    /**
     * Returns the share of the actual values that lie within their intervals.
     *
     * @param actual what happened
     * @param lower lower ends
     * @param upper upper ends
     * @return 0…1, to be near the nominal coverage
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double coverage(double[] actual, double[] lower, double[] upper) {
        return worstWindowCoverage(actual, lower, upper, Integer.MAX_VALUE);
    }

    /**
     * Returns the least coverage over any stretch of so many actual values in a row, which tells intervals that are right on average but
     * wrong for hours. Values that are not finite are left out of the row.
     *
     * @param actual what happened, in order of time
     * @param lower lower ends
     * @param upper upper ends
     * @param windowSteps length of the stretch, such as {@value #DEFAULT_WINDOW_STEPS}; when there are fewer values, all of them
     * @return 0…1
     * @throws IllegalArgumentException if the lengths differ or the window is below 1
     */
    public static double worstWindowCoverage(double[] actual, double[] lower, double[] upper, int windowSteps) {
        require(actual, lower, upper);
        if (windowSteps < 1) {
            throw new IllegalArgumentException("windowSteps: " + windowSteps + " (expected: >= 1)");
        }
        boolean[] held = new boolean[actual.length];
        int count = 0;
        for (int i = 0; i < actual.length; i++) {
            if (Double.isFinite(actual[i])) {
                held[count++] = actual[i] >= lower[i] && actual[i] <= upper[i];
            }
        }
        return count == 0 ? Double.NaN : worst(held, count, Math.min(windowSteps, count));
    }

    private static double worst(boolean[] held, int count, int window) {
        int inside = 0;
        int least = window;
        for (int i = 0; i < count; i++) {
            inside += held[i] ? 1 : 0;
            inside -= i >= window && held[i - window] ? 1 : 0;
            least = i >= window - 1 ? Math.min(least, inside) : least;
        }
        return (double) least / window;
    }

    private static void require(double[] actual, double[] lower, double[] upper) {
        Checks.requireSameLength("lower", lower, actual);
        Checks.requireSameLength("upper", upper, actual);
    }
}
