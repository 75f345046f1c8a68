package io.foreshard.forecast.arima;

/**
 * First estimates of φ and θ for all orders at once (Hannan and Rissanen 1982): the errors of a long autoregression stand in for
 * the noise, and one table of products serves the least squares of every order.
 */
final class HannanRissanen {

    private static final double RIDGE = 1e-9;

    private final double[][] products = new double[1 + 2 * ArimaOrder.MAX_LAGS][1 + 2 * ArimaOrder.MAX_LAGS];

    HannanRissanen(double[] series) {
        int length = series.length;
        int longOrder = Math.max(0, Math.min((int) (8 * Math.log10(length + 1.0)), length / 4));
        double[] noise = errors(series, longAutoregression(series, longOrder));
        double[][] columns = new double[products.length][];
        columns[0] = series;
        int from = Math.min(length, longOrder + ArimaOrder.MAX_LAGS);
        for (int lag = 1; lag <= ArimaOrder.MAX_LAGS; lag++) {
            columns[lag] = delayed(series, lag);
            columns[ArimaOrder.MAX_LAGS + lag] = delayed(noise, lag);
        }
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] = Lags.dot(columns[i], columns[j], from, length);
                products[j][i] = products[i][j];
            }
        }
    }

    private static double[] delayed(double[] series, int lag) {
        double[] delayed = new double[series.length];
        System.arraycopy(series, 0, delayed, Math.min(lag, series.length), Math.max(0, series.length - lag));
        return delayed;
    }

    /** By the recursion of Levinson and Durbin, which is stationary whatever the series. */
    private static double[] longAutoregression(double[] series, int order) {
        double[] coefficients = new double[order];
        double[] covariance = new double[order + 1];
        for (int lag = 0; lag <= order; lag++) {
            covariance[lag] = Lags.dot(series, delayed(series, lag), lag, series.length);
        }
        double error = covariance[0];
        for (int k = 0; k < order && error > RIDGE * covariance[0]; k++) {
            double sum = covariance[k + 1];
            for (int i = 0; i < k; i++) {
                sum -= coefficients[i] * covariance[k - i];
            }
            double partial = sum / error;
            coefficients[k] = partial;
            for (int i = 0, j = k - 1; i <= j; i++, j--) {
                double low = coefficients[i];
                double high = coefficients[j];
                coefficients[i] = low - partial * high;
                coefficients[j] = high - partial * low;
            }
            error *= (1 - partial) * (1 + partial);
        }
        return coefficients;
    }

    private static double[] errors(double[] series, double[] ar) {
        double[] errors = new double[series.length];
        Lags.autoregress(series, ar, 0, series.length, errors);
        return errors;
    }

    /** The estimates for these orders, drawn inwards to be stationary and invertible. */
    ArmaPoint start(int p, int q) {
        int size = p + q;
        double[][] matrix = new double[size][size];
        double[] vector = new double[size];
        for (int i = 0; i < size; i++) {
            vector[i] = products[0][column(i, p)];
            for (int j = 0; j < size; j++) {
                matrix[i][j] = products[column(i, p)][column(j, p)];
            }
            matrix[i][i] += RIDGE * products[0][0] + Double.MIN_NORMAL;
        }
        if (!LeastSquares.solve(matrix, vector)) {
            return ArmaPoint.origin(p, q);
        }
        double[] ar = new double[p];
        double[] ma = new double[q];
        System.arraycopy(vector, 0, ar, 0, p);
        System.arraycopy(vector, p, ma, 0, q);
        return ArmaPoint.near(ar, ma);
    }

    private static int column(int parameter, int p) {
        return parameter < p ? 1 + parameter : 1 + ArimaOrder.MAX_LAGS + parameter - p;
    }
}
