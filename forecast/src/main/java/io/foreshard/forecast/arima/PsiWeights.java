package io.foreshard.forecast.arima;

/** The response of an ARIMA process to one unit of noise, and what it means for the errors of far forecasts. */
final class PsiWeights {

    /** Where the growth stops, so that a horizon beyond reason stays finite. */
    private static final double MAX_VARIANCE = 1e200;

    private PsiWeights() {}

    /** Returns the standard deviations of the errors of the next steps over that of the first. */
    static double[] growth(ArimaCoefficients coefficients, int steps) {
        double[] weights = weights(coefficients, steps);
        double variance = 0;
        for (int step = 0; step < steps; step++) {
            variance = Math.min(MAX_VARIANCE, variance + weights[step] * weights[step]);
            weights[step] = Math.sqrt(variance);
        }
        return weights;
    }

    static double[] weights(ArimaCoefficients coefficients, int steps) {
        double[] ar = coefficients.ar();
        double[] ma = coefficients.ma();
        double[] psi = new double[steps];
        for (int step = 0; step < steps; step++) {
            double sum = step == 0 ? 1 : step <= ma.length ? ma[step - 1] : 0;
            for (int i = 0; i < Math.min(step, ar.length); i++) {
                sum += ar[i] * psi[step - 1 - i];
            }
            psi[step] = sum;
        }
        for (int d = 0; d < coefficients.order().d(); d++) {
            for (int step = 1; step < steps; step++) {
                psi[step] += psi[step - 1];
            }
        }
        return psi;
    }
}
