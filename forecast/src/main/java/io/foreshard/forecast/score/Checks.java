package io.foreshard.forecast.score;

/** The checks and rules that all scores share. */
final class Checks {

    private Checks() {}

    static void requireSameLength(String name, double[] values, double[] actual) {
        if (values.length != actual.length) {
            throw new IllegalArgumentException(
                    name + ": " + values.length + " values (expected: " + actual.length + ", one per actual value)");
        }
    }

    static void requireLevel(String name, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(name + ": " + level + " (expected: in (0, 1))");
        }
    }

    static void requireLevels(double[] levels, int rows) {
        if (levels.length != rows || rows == 0) {
            throw new IllegalArgumentException(
                    "quantiles: " + rows + " rows (expected: one per level, " + levels.length + ", at least 1)");
        }
        double last = 0;
        for (double level : levels) {
            if (!(level > last && level < 1)) {
                throw new IllegalArgumentException("levels: " + level + " (expected: ascending within (0, 1))");
            }
            last = level;
        }
    }

    /** A loss in units of a scale; a perfect forecast of a series that never changes is perfect. */
    static double scaled(double loss, double scale) {
        return loss == 0 && scale == 0 ? 0 : loss / scale;
    }

    static double distance(double actual, double forecast) {
        return Double.isFinite(forecast) ? Math.abs(actual - forecast) : Double.POSITIVE_INFINITY;
    }
}
