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
        double[] byAr = new double[ar.length + 1];
        double[] byMa = new double[ma.length + 1];
        double[] slope = new double[ar.length + ma.length];
        double[][] information = new double[slope.length][slope.length];
        int steps = Math.min(samples, MAX_STEPS);
        double largest = 1;
        for (int step = 0; step < steps && largest > NEGLIGIBLE; step++) {
            advance(byAr, ar, 1, step);
            advance(byMa, ma, -1, step);
            largest = 0;
            for (int i = 0; i < slope.length; i++) {
                slope[i] = i < ar.length ? byAr[i] : -byMa[i - ar.length];
                largest = Math.max(largest, Math.abs(slope[i]));
            }
            addSquares(slope, information);
        }
        return information;
    }

    private static void addSquares(double[] slope, double[][] information) {
        for (int i = 0; i < slope.length; i++) {
            for (int j = 0; j < slope.length; j++) {
                information[i][j] += slope[i] * slope[j];
            }
        }
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
