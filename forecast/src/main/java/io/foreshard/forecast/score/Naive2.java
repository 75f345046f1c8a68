package io.foreshard.forecast.score;

import java.util.Arrays;

/**
 * The benchmark of the M4 competition: where a test finds a season, the series is divided by multiplicative seasonal indices of a classical
 * decomposition, the last value is carried forward, and the indices are put back; else the last value is carried forward.
 *
 * <p>Missing steps are filled with the value before (the first ones with the first value) beforehand.
 */
public final class Naive2 {

    private static final double ONE_SIDED_90_PERCENT = 1.645;

    private Naive2() {}

    /**
     * Forecasts the steps after a series.
     *
     * @param series NaN and infinities count as missing
     * @param seasonSteps steps of a season, 1 for none
     * @param horizonSteps number of steps ahead, at least 1
     * @return one value per step; 0 when the series has no sample at all
     * @throws IllegalArgumentException if season or horizon are below 1
     */
    public static double[] forecast(double[] series, int seasonSteps, int horizonSteps) {
        requirePositive("seasonSteps", seasonSteps);
        requirePositive("horizonSteps", horizonSteps);
        double[] filled = filled(series);
        double[] forecast = new double[horizonSteps];
        if (filled.length == 0) {
            return forecast;
        }
        int last = filled.length - 1;
        if (!positive(filled) || !isSeasonal(filled, seasonSteps)) {
            Arrays.fill(forecast, filled[last]);
            return forecast;
        }
        double[] indices = SeasonalIndices.multiplicative(filled, seasonSteps);
        double adjusted = filled[last] / indices[last % seasonSteps];
        for (int step = 0; step < horizonSteps; step++) {
            forecast[step] = adjusted * indices[(int) ((filled.length + (long) step) % seasonSteps)];
        }
        return forecast;
    }

    /**
     * Tests for a season as the M4 competition did: whether the autocorrelation at its lag is beyond the 90 % limit (Bartlett 1946).
     *
     * @param series NaN and infinities count as missing
     * @param seasonSteps steps of a season
     * @return false also when the series is shorter than three seasons, the season is 1 step, or nothing changes
     * @throws IllegalArgumentException if the season is below 1
     */
    public static boolean hasSeason(double[] series, int seasonSteps) {
        requirePositive("seasonSteps", seasonSteps);
        return isSeasonal(filled(series), seasonSteps);
    }

    private static boolean isSeasonal(double[] series, int seasonSteps) {
        if (seasonSteps == 1 || series.length < 3L * seasonSteps) {
            return false;
        }
        double[] centred = centred(series);
        double variance = product(centred, 0);
        double squares = 0;
        for (int lag = 1; lag < seasonSteps; lag++) {
            double correlation = product(centred, lag) / variance;
            squares += correlation * correlation;
        }
        double seasonal = product(centred, seasonSteps) / variance;
        double limit = ONE_SIDED_90_PERCENT * Math.sqrt((1 + 2 * squares) / series.length);
        return Math.abs(seasonal) > limit;
    }

    /** Also brought to magnitudes of at most 1, so that the products neither overflow nor vanish. */
    private static double[] centred(double[] series) {
        double greatest = 0;
        for (double value : series) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        double unit = greatest == 0 ? 1 : greatest;
        double mean = Arrays.stream(series).map(value -> value / unit).sum() / series.length;
        return Arrays.stream(series).map(value -> value / unit - mean).toArray();
    }

    private static double product(double[] centred, int lag) {
        double sum = 0;
        for (int i = lag; i < centred.length; i++) {
            sum += centred[i] * centred[i - lag];
        }
        return sum;
    }

    private static double[] filled(double[] series) {
        double[] filled = series.clone();
        double last = Arrays.stream(series).filter(Double::isFinite).findFirst().orElse(Double.NaN);
        if (Double.isNaN(last)) {
            return new double[0];
        }
        for (int i = 0; i < filled.length; i++) {
            last = Double.isFinite(filled[i]) ? filled[i] : last;
            filled[i] = last;
        }
        return filled;
    }

    private static boolean positive(double[] series) {
        return Arrays.stream(series).allMatch(value -> value > 0);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
