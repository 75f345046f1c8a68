package io.foreshard.forecast.arima;

import java.util.Arrays;

/**
 * The likelihood of a series without gaps: the Kalman filter until its gain has converged, then two passes of a plain filter.
 *
 * <p>Not for two threads at a time: the working arrays are used again.
 */
final class CompleteLikelihood implements Likelihood {

    private static final double LIMIT_TOLERANCE = 1e-11;

    private final double[] series;
    private final boolean withMean;
    private final double floor;
    private final double[] filtered;
    private final double[] errors;
    private final double[] regressorErrors;
    private final LikelihoodSums sums = new LikelihoodSums();
    private final double[] state = new double[ArimaOrder.MAX_LAGS + 2];
    private final double[] regressor = new double[ArimaOrder.MAX_LAGS + 2];
    private final double[] gain = new double[ArimaOrder.MAX_LAGS + 2];

    /**
     * Takes a differenced series.
     *
     * @param floor least sum of squares that counts
     */
    CompleteLikelihood(double[] series, boolean withMean, double floor) {
        this.series = series;
        this.withMean = withMean;
        this.floor = floor;
        filtered = new double[series.length];
        errors = new double[series.length];
        regressorErrors = new double[series.length];
    }

    @Override
    public int count() {
        return series.length;
    }

    @Override
    public double mean() {
        return sums.mean();
    }

    @Override
    public double sumOfSquares() {
        return sums.sumOfSquares();
    }

    @Override
    public double evaluate(double[] ar, double[] ma) {
        sums.clear();
        int size = Math.max(ar.length, ma.length + 1);
        double[] phi = Arrays.copyOf(ar, size);
        double[] theta = new double[size];
        theta[0] = 1;
        System.arraycopy(ma, 0, theta, 1, ma.length);
        int rest = start(phi, theta, ma.length);
        finish(ar, ma, rest);
        return sums.negativeLogLikelihood(floor);
    }

    /** Runs the Kalman filter until the gain stayed at its limit for as long as old gains matter; returns the next step. */
    private int start(double[] phi, double[] theta, int lags) {
        int size = phi.length;
        double[] covariance = new double[size * size];
        StationaryCovariance.write(phi, theta, size, covariance);
        Arrays.fill(state, 0);
        Arrays.fill(regressor, 0);
        gain[size] = 0;
        int atLimit = 0;
        int t = 0;
        for (; t < series.length && atLimit <= lags; t++) {
            double variance = covariance[0];
            double error = series[t] - state[0];
            double regressorError = withMean ? 1 - regressor[0] : 0;
            sums.add(error, regressorError, variance);
            errors[t] = error;
            regressorErrors[t] = regressorError;
            boolean limit = contract(theta, covariance);
            atLimit = limit ? atLimit + 1 : 0;
            move(phi, state, series[t], error);
            if (withMean) {
                move(phi, regressor, 1, regressorError);
            }
        }
        return t;
    }

    private void move(double[] phi, double[] moved, double value, double error) {
        for (int i = 0; i < phi.length; i++) {
            moved[i] = phi[i] * value + moved[i + 1] + gain[i + 1] * error;
        }
    }

    private boolean contract(double[] theta, double[] covariance) {
        int size = theta.length;
        double variance = covariance[0];
        for (int i = 1; i < size; i++) {
            gain[i] = covariance[i] / variance;
        }
        double distance = 0;
        for (int i = 0; i < size; i++) {
            int row = i * size;
            double above = gain[i + 1] * variance;
            for (int j = i; j + 1 < size; j++) {
                double excess = covariance[row + size + j + 1] - above * gain[j + 1];
                distance = Math.max(distance, Math.abs(excess));
                covariance[row + j] = theta[i] * theta[j] + excess;
            }
            covariance[row + size - 1] = theta[i] * theta[size - 1];
        }
        return distance < LIMIT_TOLERANCE;
    }

    private void finish(double[] ar, double[] ma, int from) {
        int to = series.length;
        if (from >= to) {
            return;
        }
        Lags.autoregress(series, ar, from, to, filtered);
        Lags.invert(filtered, ma, from, to, errors);
        double products = 0;
        double regressorSquares = 0;
        if (withMean) {
            double level = 1;
            for (double weight : ar) {
                level -= weight;
            }
            Arrays.fill(filtered, from, to, level);
            Lags.invert(filtered, ma, from, to, regressorErrors);
            products = Lags.dot(errors, regressorErrors, from, to);
            regressorSquares = Lags.dot(regressorErrors, regressorErrors, from, to);
        }
        sums.addSums(to - from, Lags.dot(errors, errors, from, to), products, regressorSquares);
    }
}
