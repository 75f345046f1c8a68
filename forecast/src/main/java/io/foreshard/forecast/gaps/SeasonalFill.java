package io.foreshard.forecast.gaps;

/** Fills gaps from the same phase of neighbouring periods. */
public final class SeasonalFill {

    private SeasonalFill() {}

    /**
     * Replaces NaN by the line between the nearest values at a multiple of the period, beyond the first and the last of a phase by that
     * value; phases without any value by lines between their neighbours.
     *
     * @param values changed in place; all NaN stay when none is a number
     * @param period at least 1
     */
    public static void fill(double[] values, int period) {
        for (int phase = 0; phase < Math.min(period, values.length); phase++) {
            fillPhase(values, phase, period);
        }
        fillPhase(values, 0, 1);
    }

    private static void fillPhase(double[] values, int phase, int period) {
        int last = -1;
        for (int i = phase; i < values.length; i += period) {
            if (!Double.isNaN(values[i])) {
                fillBetween(values, last < 0 ? phase - period : last, i, period);
                last = i;
            }
        }
        for (int i = last + period; last >= 0 && i < values.length; i += period) {
            values[i] = values[last];
        }
    }

    private static void fillBetween(double[] values, int from, int to, int period) {
        double start = from < 0 ? values[to] : values[from];
        double slope = (values[to] - start) / (to - from);
        for (int i = from + period; i < to; i += period) {
            values[i] = start + slope * (i - from);
        }
    }
}
