package io.foreshard.forecast.ets;

import java.util.Arrays;

/** The data of a fit in units of their mean magnitude, so that no sum or product of them overflows. */
final class EtsSample {

    final double[] values;
    final double[] original;
    final double scale;
    final int count;
    final boolean positive;
    final boolean constant;

    private EtsSample(double[] original, double[] values, double scale) {
        this.original = original;
        this.values = values;
        this.scale = scale;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int finite = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                finite++;
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        count = finite;
        positive = low > 0;
        constant = low == high;
    }

    /** Takes values that are not finite as missing; copies. */
    static EtsSample of(double[] series) {
        double[] original = series.clone();
        double largest = 0;
        for (int t = 0; t < original.length; t++) {
            if (!Double.isFinite(original[t])) {
                original[t] = Double.NaN;
            }
            largest = Math.max(largest, Math.abs(Double.isNaN(original[t]) ? 0 : original[t]));
        }
        double scale = largest == 0 ? 1 : largest * meanRatio(original, largest);
        double[] values = new double[original.length];
        Arrays.setAll(values, t -> original[t] / scale);
        return new EtsSample(original, values, scale);
    }

    private static double meanRatio(double[] original, double largest) {
        double sum = 0;
        int count = 0;
        for (double value : original) {
            if (!Double.isNaN(value)) {
                sum += Math.abs(value / largest);
                count++;
            }
        }
        return Math.max(sum / count, Double.MIN_VALUE / largest);
    }
}
