package io.foreshard.forecast.arima;

/** One-step forecasts by the recursion of Levinson and Durbin on autocovariances from psi weights: another way to the same values. */
final class BestLinearForecast {

    private static final int PSI_STEPS = 30_000;

    private BestLinearForecast() {}

    static double[] of(ArimaCoefficients process, double[] series) {
        int differences = process.order().d();
        double[] values = PreparedSeries.difference(series, differences);
        double[] autocovariance = autocovariance(process, values.length);
        double[] weights = new double[values.length];
        double error = autocovariance[0];
        double[] forecasts = new double[series.length];
        for (int t = 0; t < values.length; t++) {
            double mean = process.constant();
            for (int i = 0; i < t; i++) {
                mean += weights[i] * (values[t - 1 - i] - process.constant());
            }
            forecasts[t + differences] = mean + known(series, differences, t + differences);
            error = extend(weights, t, autocovariance, error);
        }
        return forecasts;
    }

    private static double known(double[] series, int differences, int t) {
        if (differences == 0) {
            return 0;
        }
        return differences == 1 ? series[t - 1] : 2 * series[t - 1] - series[t - 2];
    }

    private static double extend(double[] weights, int k, double[] autocovariance, double error) {
        double sum = autocovariance[k + 1];
        for (int i = 0; i < k; i++) {
            sum -= weights[i] * autocovariance[k - i];
        }
        double partial = sum / error;
        double[] before = weights.clone();
        weights[k] = partial;
        for (int i = 0; i < k; i++) {
            weights[i] = before[i] - partial * before[k - 1 - i];
        }
        return error * (1 - partial * partial);
    }

    private static double[] autocovariance(ArimaCoefficients process, int lags) {
        ArimaCoefficients stationary = ArimaCoefficients.of(process.ar(), 0, process.ma());
        double[] psi = PsiWeights.weights(stationary, PSI_STEPS + lags + 1);
        double[] result = new double[lags + 1];
        int end = psi.length;
        while (end > 1 && Math.abs(psi[end - 1]) < 1e-12) {
            end--;
        }
        for (int lag = 0; lag <= lags; lag++) {
            for (int k = 0; k + lag < psi.length && k < end; k++) {
                result[lag] += psi[k] * psi[k + lag];
            }
        }
        return result;
    }
}
