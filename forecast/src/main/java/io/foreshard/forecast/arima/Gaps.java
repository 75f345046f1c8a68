package io.foreshard.forecast.arima;

import java.util.Arrays;

/** What is missing in a series: every sample that is not finite. */
final class Gaps {

    private Gaps() {}

    static int finiteCount(double[] series) {
        int count = 0;
        for (double value : series) {
            count += Double.isFinite(value) ? 1 : 0;
        }
        return count;
    }

    /** Returns the finite samples one after the other. */
    static double[] without(double[] series) {
        return Arrays.stream(series).filter(Double::isFinite).toArray();
    }

    /** Returns a copy from the first to the last finite sample. */
    static double[] trim(double[] series) {
        int from = 0;
        int to = series.length;
        while (from < to && !Double.isFinite(series[from])) {
            from++;
        }
        while (to > from && !Double.isFinite(series[to - 1])) {
            to--;
        }
        return Arrays.copyOfRange(series, from, to);
    }

    /** Fills gaps between finite samples by straight lines; returns whether there were any. */
    static boolean fill(double[] trimmed) {
        boolean found = false;
        int last = 0;
        for (int t = 1; t < trimmed.length; t++) {
            if (Double.isFinite(trimmed[t])) {
                for (int gap = last + 1; gap < t; gap++) {
                    trimmed[gap] = trimmed[last] + (trimmed[t] - trimmed[last]) * (gap - last) / (t - last);
                    found = true;
                }
                last = t;
            }
        }
        return found;
    }

    /** How many finite samples come after the first ones in a row with which a process of these differences begins. */
    static int forecastSamples(double[] series, int differences) {
        int begun = 0;
        int count = 0;
        for (double value : series) {
            if (begun == differences) {
                count += Double.isFinite(value) ? 1 : 0;
            } else {
                begun = Double.isFinite(value) ? begun + 1 : 0;
            }
        }
        return count;
    }
}
