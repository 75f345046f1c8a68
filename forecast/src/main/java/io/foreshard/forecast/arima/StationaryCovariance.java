package io.foreshard.forecast.arima;

/**
 * The covariance of the state of an ARMA process before its first sample, for noise of variance 1.
 *
 * <p>The state is Harvey's: {@code a[i](t) = Σ φ(k) w(t+i-k), k > i, + Σ θ(k) e(t+i-k), k >= i}. Its first row follows from the
 * autocovariances and impulse response, the rest from the transition, without solving a Lyapunov equation. The autocovariances are
 * built from partial autocorrelations, so the result stays a covariance close to a unit root.
 */
final class StationaryCovariance {

    private StationaryCovariance() {}

    /**
     * Writes the covariance.
     *
     * @param ar φ, padded with zeros to the size of the state r
     * @param ma 1, θ, padded to r
     * @param stride length of a row of the covariance, at least r
     * @param covariance receives the upper left r x r values
     */
    static void write(double[] ar, double[] ma, int stride, double[] covariance) {
        int size = ar.length;
        double[] response = response(ar, ma);
        double[] autocovariance = autocovariance(ar, ma);
        for (int j = 0; j < size; j++) {
            double sum = 0;
            for (int k = j; k < size; k++) {
                sum += ma[k] * response[k - j] + ar[k] * autocovariance[k + 1 - j];
            }
            covariance[j] = sum;
            covariance[j * stride] = sum;
        }
        covariance[0] = autocovariance[0];
        for (int i = size - 1; i > 0; i--) {
            for (int j = size - 1; j >= i; j--) {
                double value = ma[i] * ma[j] + ar[i] * ar[j] * covariance[0];
                value += j + 1 < size ? ar[i] * covariance[j + 1] : 0;
                value += i + 1 < size ? ar[j] * covariance[i + 1] : 0;
                value += j + 1 < size ? covariance[(i + 1) * stride + j + 1] : 0;
                covariance[i * stride + j] = value;
                covariance[j * stride + i] = value;
            }
        }
    }

    private static double[] response(double[] ar, double[] ma) {
        double[] response = ma.clone();
        for (int i = 1; i < response.length; i++) {
            for (int k = 0; k < i; k++) {
                response[i] += ar[k] * response[i - 1 - k];
            }
        }
        return response;
    }

    private static double[] autocovariance(double[] ar, double[] ma) {
        int size = ar.length;
        double[] pure = pureAutocovariance(ar, 2 * size);
        double[] result = new double[size + 1];
        for (int lag = 0; lag <= size; lag++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    result[lag] += ma[i] * ma[j] * pure[Math.abs(lag + i - j)];
                }
            }
        }
        return result;
    }

    private static double[] pureAutocovariance(double[] ar, int lags) {
        int size = ar.length;
        double[] partials = new double[size];
        Partials.fromCoefficients(ar, partials);
        double[] result = new double[lags + 1];
        double[] growing = new double[size];
        double variance = 1;
        for (double partial : partials) {
            variance /= (1 - partial) * (1 + partial);
        }
        result[0] = variance;
        double error = variance;
        for (int k = 0; k < size; k++) {
            result[k + 1] = partials[k] * error + predict(growing, k, result, k + 1);
            error *= (1 - partials[k]) * (1 + partials[k]);
            growing[k] = partials[k];
            for (int i = 0, j = k - 1; i <= j; i++, j--) {
                double low = growing[i];
                double high = growing[j];
                growing[i] = low - partials[k] * high;
                growing[j] = high - partials[k] * low;
            }
        }
        for (int lag = size + 1; lag <= lags; lag++) {
            result[lag] = predict(ar, size, result, lag);
        }
        return result;
    }

    private static double predict(double[] coefficients, int count, double[] values, int at) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += coefficients[i] * values[at - 1 - i];
        }
        return sum;
    }
}
