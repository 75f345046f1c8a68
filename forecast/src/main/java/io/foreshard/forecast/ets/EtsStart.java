package io.foreshard.forecast.ets;

import java.util.Arrays;

/** Initial states by a classical decomposition: centred moving average, means by season, a line through the first samples. */
final class EtsStart {

    private static final double MIN_FACTOR = 0.01;

    private final double[] values;
    private final int period;

    /** A copy of the data with its gaps bridged by straight lines. */
    EtsStart(double[] data, int period) {
        values = bridged(data);
        this.period = period;
    }

    private static double[] bridged(double[] data) {
        double[] values = data.clone();
        int last = -1;
        for (int t = 0; t < values.length; t++) {
            if (!Double.isNaN(values[t])) {
                bridge(values, last, t);
                last = t;
            }
        }
        Arrays.fill(values, last + 1, values.length, values[last]);
        return values;
    }

    private static void bridge(double[] values, int last, int t) {
        for (int gap = last + 1; gap < t; gap++) {
            double share = (double) (gap - last) / (t - last);
            values[gap] = last < 0 ? values[t] : values[last] + share * (values[t] - values[last]);
        }
    }

    /** The first sample. */
    double first() {
        return values[0];
    }

    /** Level and trend before the first sample, and a season in the order of time; a single 0 where there is none. */
    static final class States {
        final double level;
        final double trend;
        final double[] season;

        private States(double level, double trend, double[] season) {
            this.level = level;
            this.trend = trend;
            this.season = season;
        }

        /** A copy with a weaker season and no trend, so that the means of the first season are positive if the level is. */
        States withPositiveMeans() {
            double lowest = Arrays.stream(season).min().orElse(0);
            double share = Math.min(1, 0.25 * Math.abs(level / Math.min(lowest, -Double.MIN_NORMAL)));
            return new States(
                    level, 0, Arrays.stream(season).map(state -> share * state).toArray());
        }

        void write(EtsRecursion run) {
            run.level = level;
            run.trend = trend;
            System.arraycopy(season, 0, run.season, 0, run.period);
        }
    }

    States states(EtsForm.SeasonType type, boolean hasTrend) {
        boolean factors = type == EtsForm.SeasonType.MULTIPLICATIVE;
        double[] season = type == EtsForm.SeasonType.NONE ? new double[1] : season(factors);
        double[] adjusted = values.clone();
        for (int t = 0; t < adjusted.length; t++) {
            double seasonal = season[t % season.length];
            adjusted[t] = factors ? adjusted[t] / seasonal : adjusted[t] - seasonal;
        }
        return line(adjusted, hasTrend, season);
    }

    private double[] season(boolean factors) {
        double[] trend = movingAverage();
        int margin = period / 2;
        double[] sums = new double[period];
        int[] counts = new int[period];
        for (int t = margin; t < values.length - margin; t++) {
            double part = factors ? values[t] / trend[t] : values[t] - trend[t];
            sums[t % period] += part;
            counts[t % period]++;
        }
        double mean = 0;
        for (int j = 0; j < period; j++) {
            sums[j] = counts[j] == 0 ? (factors ? 1 : 0) : sums[j] / counts[j];
            mean += sums[j] / period;
        }
        for (int j = 0; j < period; j++) {
            sums[j] = factors ? Math.max(MIN_FACTOR, sums[j] / mean) : sums[j] - mean;
        }
        return sums;
    }

    /** The centred moving average over a season; for even periods the two ends count half. */
    private double[] movingAverage() {
        double[] sums = new double[values.length + 1];
        for (int t = 0; t < values.length; t++) {
            sums[t + 1] = sums[t] + values[t];
        }
        double[] average = new double[values.length];
        int margin = period / 2;
        for (int t = margin; t < values.length - margin; t++) {
            double sum = sums[t + margin + 1] - sums[t - margin];
            average[t] = (period % 2 == 1 ? sum : sum - (values[t - margin] + values[t + margin]) / 2) / period;
        }
        return average;
    }

    private States line(double[] adjusted, boolean hasTrend, double[] season) {
        int steps = Math.min(Math.max(10, 2 * period), adjusted.length);
        double middle = (steps - 1) / 2.0;
        double mean = 0;
        double product = 0;
        double square = 0;
        for (int t = 0; t < steps; t++) {
            mean += adjusted[t] / steps;
            product += (t - middle) * adjusted[t];
            square += (t - middle) * (t - middle);
        }
        double trend = hasTrend && square > 0 ? product / square : 0;
        return new States(mean - trend * (middle + 1), trend, season);
    }
}
