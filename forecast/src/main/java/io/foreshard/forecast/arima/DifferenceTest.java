package io.foreshard.forecast.arima;

/**
 * How often a series has to be differenced: as long as the test of Kwiatkowski, Phillips, Schmidt and Shin (1992) rejects a
 * constant level at 5 %, with the lags of R's {@code forecast::ndiffs}.
 */
final class DifferenceTest {

    private static final double CRITICAL_VALUE = 0.463;

    /** Below this share of the magnitude a series counts as constant. */
    private static final double ROUNDING = 1e-14;

    private DifferenceTest() {}

    /** Takes the finite samples only. */
    static int differences(double[] series, int max) {
        double magnitude = 0;
        for (double value : series) {
            magnitude = Math.max(magnitude, Math.abs(value));
        }
        double[] rest = series;
        for (int d = 0; d < max; d++) {
            if (rest.length < 2 || isConstant(rest, magnitude * (1 << d)) || !(statistic(rest) > CRITICAL_VALUE)) {
                return d;
            }
            rest = PreparedSeries.difference(rest, 1);
        }
        return max;
    }

    private static boolean isConstant(double[] series, double magnitude) {
        double min = series[0];
        double max = series[0];
        for (double value : series) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        return max - min <= ROUNDING * magnitude;
    }

    static double statistic(double[] series) {
        int length = series.length;
        double mean = 0;
        for (double value : series) {
            mean += value / length;
        }
        double[] rest = new double[length];
        double sum = 0;
        double squares = 0;
        for (int t = 0; t < length; t++) {
            rest[t] = series[t] - mean;
            sum += rest[t];
            squares += sum * sum;
        }
        int lags = (int) (3 * Math.sqrt(length) / 13);
        double variance = Lags.dot(rest, rest, 0, length);
        for (int lag = 1; lag <= lags; lag++) {
            double product = 0;
            for (int t = lag; t < length; t++) {
                product += rest[t] * rest[t - lag];
            }
            variance += 2 * (1 - lag / (lags + 1.0)) * product;
        }
        return squares / ((double) length * variance);
    }
}
