package io.foreshard.stackvirt.traffic;

import io.foreshard.coreapi.Forecast;

/**
 * The distribution of the most messages at a time in one slot, by the quantiles of a forecast: linear between them, exponential beyond, as flat as the half above the
 * median.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record DemandTail(double[] levels, double[] values, double scale) {

    private static final double LEAST_SCALE = 0.3;

    static DemandTail of(Forecast forecast, int step) {
        double[] levels = forecast.levels();
        if (levels.length == 0) {
            double mean = forecast.mean(step);
            return new DemandTail(new double[] {0.5}, new double[] {mean}, Math.max(LEAST_SCALE, mean));
        }
        double[] values = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            values[i] = forecast.quantile(levels[i], step);
        }
        int last = levels.length - 1;
        int middle = last / 2;
        double octaves = Math.log((1 - levels[middle]) / (1 - levels[last]));
        double scale = last == middle ? 1 : (values[last] - values[middle]) / octaves;
        return new DemandTail(levels, values, Math.max(LEAST_SCALE, scale));
    }

    /** Returns a quantile; NaN where the forecast is none. */
    double quantile(double level) {
        int last = levels.length - 1;
        if (level <= levels[0]) {
            return values[0];
        }
        if (level >= levels[last]) {
            return values[last] + scale * Math.log((1 - levels[last]) / (1 - level));
        }
        int above = 1;
        while (levels[above] < level) {
            above++;
        }
        double part = (level - levels[above - 1]) / (levels[above] - levels[above - 1]);
        return values[above - 1] + part * (values[above] - values[above - 1]);
    }

    /** Returns the probability of more messages than a number; NaN where the forecast is none. */
    double exceeds(double messages) {
        int last = levels.length - 1;
        if (messages < values[0]) {
            return 1 - levels[0] * Math.exp((messages - values[0]) / scale);
        }
        if (messages >= values[last]) {
            return (1 - levels[last]) * Math.exp((values[last] - messages) / scale);
        }
        int above = 1;
        while (values[above] <= messages) {
            above++;
        }
        double part = (messages - values[above - 1]) / (values[above] - values[above - 1]);
        return 1 - levels[above - 1] - (levels[above] - levels[above - 1]) * part;
    }
}
