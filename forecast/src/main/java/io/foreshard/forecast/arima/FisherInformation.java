package io.foreshard.forecast.arima;

/**
 * The expected information of one sample on φ and θ: the covariance of the derivatives of its error, which are autoregressions
 * driven by the noise (Box, Jenkins and Reinsel 2008, section 7.2.6). It needs no pass over the data.
 */
final class FisherInformation {

    private static final int MAX_STEPS = 400;
    private static final double NEGLIGIBLE = 1e-10;

    private FisherInformation() {}

    /** Returns the information on φ, then θ. */
    static double[][] of(double[] ar, double[] ma, int samples) {
        int p = ar.length;
        int q = ma.length;
        double[] byAr = new double[p + 1];
        double[] byMa = new double[q + 1];
        double[] slope = new double[p + q];
        double[][] information = new double[p + q][p + q];
        int steps = Math.min(samples, MAX_STEPS);
        for (int step = 0; step < steps; step++) {
            advance(byAr, ar, 1, step);
            advance(byMa, ma, -1, step);
            double size = 0;
            for (int i = 0; i < p + q; i++) {
                slope[i] = i < p ? byAr[i] : -byMa[i - p];
                size = Math.max(size, Math.abs(slope[i]));
            }
            if (size < NEGLIGIBLE) {
                break;
            }
            for (int i = 0; i < p + q; i++) {
                for (int j = i; j < p + q; j++) {
                    information[i][j] += slope[i] * slope[j];
                }
            }
        }
        for (int i = 0; i < p + q; i++) {
            for (int j = 0; j < i; j++) {
                information[i][j] = information[j][i];
            }
        }
        return information;
    }

    /** Moves an autoregression driven by one unit of noise at step 0 on by a step; its newest value stands first. */
    private static void advance(double[] values, double[] coefficients, int sign, int step) {
        double newest = step == 0 ? 1 : 0;
        for (int i = 0; i < coefficients.length; i++) {
            newest += sign * coefficients[i] * values[i];
        }
        for (int i = coefficients.length; i > 0; i--) {
            values[i] = values[i - 1];
        }
        values[0] = newest;
    }
}
