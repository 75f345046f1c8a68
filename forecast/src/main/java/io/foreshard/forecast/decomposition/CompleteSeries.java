package io.foreshard.forecast.decomposition;

import io.foreshard.forecast.gaps.SeasonalFill;
import org.jspecify.annotations.Nullable;

/**
 * A series with its gaps filled, moved to mean 0 and multiplied by a power of two, so that sums neither overflow nor cancel whatever its
 * level and unit are.
 */
final class CompleteSeries {

    private final double[] original;
    private final double[] values;
    private final double @Nullable [] presence;
    private final double mean;
    private final int exponent;

    /**
     * Copies the series.
     *
     * @param period gaps are filled from the same phase of neighbouring periods; 1 if there is no season
     * @throws IllegalArgumentException if no sample is finite
     */
    CompleteSeries(double[] series, int period) {
        original = series.clone();
        values = series.clone();
        exponent = exponentOf(values);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.scalb(values[i], -exponent);
        }
        presence = presenceOf(values);
        if (presence != null) {
            SeasonalFill.fill(values, period);
        }
        mean = meanOf(values);
        for (int i = 0; i < values.length; i++) {
            values[i] -= mean;
        }
    }

    /** The complete values, to be read only. */
    double[] values() {
        return values;
    }

    /** 0 for missing and 1 for other samples; null when none is missing. */
    double @Nullable [] presence() {
        return presence;
    }

    /** Takes over parts of the complete values and gives them the level and unit of the series. */
    Decomposition decomposition(double[] trend, int[] periods, double[][] seasonal) {
        for (int i = 0; i < trend.length; i++) {
            trend[i] = Math.scalb(trend[i] + mean, exponent);
        }
        for (double[] season : seasonal) {
            for (int i = 0; i < season.length; i++) {
                season[i] = Math.scalb(season[i], exponent);
            }
        }
        for (int i = 0; i < original.length; i++) {
            original[i] = Double.isFinite(original[i]) ? original[i] : Double.NaN;
        }
        return new Decomposition(original, trend, periods, seasonal);
    }

    private static int exponentOf(double[] values) {
        double largest = -1;
        for (double value : values) {
            if (Double.isFinite(value)) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        if (largest < 0) {
            throw new IllegalArgumentException(
                    "series: " + values.length + " steps without a finite sample (expected: at least one)");
        }
        return largest == 0 ? 0 : Math.getExponent(largest);
    }

    private static double @Nullable [] presenceOf(double[] values) {
        double[] presence = new double[values.length];
        boolean complete = true;
        for (int i = 0; i < values.length; i++) {
            boolean present = Double.isFinite(values[i]);
            presence[i] = present ? 1 : 0;
            values[i] = present ? values[i] : Double.NaN;
            complete &= present;
        }
        return complete ? null : presence;
    }

    private static double meanOf(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
