package io.foreshard.forecast.arima;

/**
 * Coefficients of a stationary autoregression and their partial autocorrelations (Monahan 1984): the one set is stationary exactly
 * when every value of the other lies within (-1, 1).
 */
final class Partials {

    private Partials() {}

    /** Writes the coefficients with these partial autocorrelations. */
    static void toCoefficients(double[] partials, double[] coefficients) {
        for (int k = 0; k < partials.length; k++) {
            extend(coefficients, k, partials[k]);
        }
    }

    private static void extend(double[] coefficients, int k, double partial) {
        coefficients[k] = partial;
        for (int i = 0, j = k - 1; i <= j; i++, j--) {
            double low = coefficients[i];
            double high = coefficients[j];
            coefficients[i] = low - partial * high;
            coefficients[j] = high - partial * low;
        }
    }

    /**
     * Writes the derivatives of the coefficients.
     *
     * @param slopes receives at [i][m] the derivative of coefficient i by partial autocorrelation m
     */
    static void derivatives(double[] partials, double[][] slopes) {
        int order = partials.length;
        double[] coefficients = new double[order];
        double[] before = new double[order];
        for (int k = 0; k < order; k++) {
            for (int m = 0; m < k; m++) {
                for (int j = 0; j < k; j++) {
                    before[j] = slopes[j][m];
                }
                for (int j = 0; j < k; j++) {
                    slopes[j][m] = before[j] - partials[k] * before[k - 1 - j];
                }
                slopes[k][m] = 0;
            }
            for (int j = 0; j < k; j++) {
                slopes[j][k] = -coefficients[k - 1 - j];
            }
            slopes[k][k] = 1;
            extend(coefficients, k, partials[k]);
        }
    }

    /**
     * Writes the partial autocorrelations of these coefficients.
     *
     * @return whether they are stationary; if not, the values written mean nothing
     */
    static boolean fromCoefficients(double[] coefficients, double[] partials) {
        double[] rest = coefficients.clone();
        for (int k = rest.length - 1; k >= 0; k--) {
            double partial = rest[k];
            if (!(Math.abs(partial) < 1)) {
                return false;
            }
            partials[k] = partial;
            double scale = 1 / ((1 - partial) * (1 + partial));
            for (int i = 0, j = k - 1; i <= j; i++, j--) {
                double low = rest[i];
                double high = rest[j];
                rest[i] = (low + partial * high) * scale;
                rest[j] = (high + partial * low) * scale;
            }
        }
        return true;
    }

    /** Whether all roots of 1 - Σ cᵢ zⁱ are farther from 0 than the radius. */
    static boolean isStable(double[] coefficients, double radius) {
        double[] scaled = new double[coefficients.length];
        double power = 1;
        for (int i = 0; i < scaled.length; i++) {
            power *= radius;
            scaled[i] = coefficients[i] * power;
        }
        return fromCoefficients(scaled, new double[scaled.length]);
    }
}
