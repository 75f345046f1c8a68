package io.foreshard.forecast.theta;

/**
 * Finds out whether a series has a season, by its autocorrelation at the period on the 90 % level, and which, by the classical
 * decomposition around a centred moving average; both as in the benchmarks of the M4 competition and R's {@code thetaf}.
 */
final class ClassicalSeason {

    private static final double NORMAL_QUANTILE_OF_95_PERCENT = 1.6448536269514722;
    private static final double SMALLEST_INDEX = 1e-2;

    private ClassicalSeason() {}

    /** The season of complete values, {@link Season#NONE} where there is none. */
    static Season find(double[] values, int period, ThetaSeason choice) {
        if (period < 2 || values.length <= 2L * period || choice == ThetaSeason.NONE) {
            return Season.NONE;
        }
        if (!isSeasonal(values, period)) {
            return Season.NONE;
        }
        if (choice != ThetaSeason.ADDITIVE && allPositive(values)) {
            Season season = new Season(true, indices(values, period, true));
            if (isUsable(season)) {
                return season;
            }
        }
        return new Season(false, indices(values, period, false));
    }

    static boolean isSeasonal(double[] values, int period) {
        double mean = mean(values);
        double variance = autocovariance(values, mean, 0);
        if (!(variance > 0)) {
            return false;
        }
        double squares = 0;
        for (int lag = 1; lag < period; lag++) {
            double correlation = autocovariance(values, mean, lag) / variance;
            squares += correlation * correlation;
        }
        double limit = NORMAL_QUANTILE_OF_95_PERCENT * Math.sqrt((1 + 2 * squares) / values.length);
        return Math.abs(autocovariance(values, mean, period) / variance) > limit;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double autocovariance(double[] values, double mean, int lag) {
        double sum = 0;
        for (int i = lag; i < values.length; i++) {
            sum += (values[i] - mean) * (values[i - lag] - mean);
        }
        return sum;
    }

    private static boolean allPositive(double[] values) {
        for (double value : values) {
            if (!(value > 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUsable(Season season) {
        for (int phase = 0; phase < season.period(); phase++) {
            double index = season.putOn(1, phase);
            if (!(index > SMALLEST_INDEX && index < Double.POSITIVE_INFINITY)) {
                return false;
            }
        }
        return true;
    }

    /** Means by phase of what is above a moving average over one period, of which both ends count half when the period is even. */
    private static double[] indices(double[] values, int period, boolean multiplicative) {
        double[] sums = new double[period];
        int[] counts = new int[period];
        int half = period / 2;
        double inside = 0;
        for (int i = 1; i < 2 * half; i++) {
            inside += values[i];
        }
        for (int i = half; i < values.length - half; i++) {
            double ends = (values[i - half] + values[i + half]) * (period % 2 == 0 ? 0.5 : 1);
            double trend = (inside + ends) / period;
            sums[i % period] += multiplicative ? values[i] / trend : values[i] - trend;
            counts[i % period]++;
            inside += values[i + half] - values[i - half + 1];
        }
        double mean = 0;
        for (int phase = 0; phase < period; phase++) {
            sums[phase] /= counts[phase];
            mean += sums[phase] / period;
        }
        for (int phase = 0; phase < period; phase++) {
            sums[phase] = multiplicative ? sums[phase] / mean : sums[phase] - mean;
        }
        return sums;
    }
}
