package io.foreshard.forecast.interval;

import java.util.function.IntToDoubleFunction;

/** The error at any level: linear between the levels that are learnt, with exponential tails beyond the outermost two. */
final class ErrorCurve {

    private static final double LEAST_TAIL = 1e-6;

    private ErrorCurve() {}

    /**
     * Returns the error at a level.
     *
     * @param level in (0, 1]
     * @param levels at least 2, ascending
     * @param errorOf the error at a level by its index
     */
    static double at(double level, double[] levels, IntToDoubleFunction errorOf) {
        int last = levels.length - 1;
        if (level < levels[0]) {
            double share = Math.log(level / levels[0]) / Math.log(levels[1] / levels[0]);
            return between(errorOf, 0, 1, share);
        }
        if (level >= levels[last]) {
            double beyond = Math.log(Math.max(1 - level, LEAST_TAIL) / (1 - levels[last]));
            double between = Math.log((1 - levels[last - 1]) / (1 - levels[last]));
            return between(errorOf, last, last - 1, beyond / between);
        }
        int above = 1;
        while (levels[above] <= level) {
            above++;
        }
        double share = (level - levels[above - 1]) / (levels[above] - levels[above - 1]);
        return between(errorOf, above - 1, above, share);
    }

    private static double between(IntToDoubleFunction errorOf, int from, int to, double share) {
        double error = errorOf.applyAsDouble(from);
        return error + (errorOf.applyAsDouble(to) - error) * share;
    }
}
