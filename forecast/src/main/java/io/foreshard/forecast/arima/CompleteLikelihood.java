package io.foreshard.forecast.arima;

import java.util.Arrays;

/**
 * The likelihood of a series without gaps: the Kalman filter until its gain has converged, then two passes of a plain filter.
 *
 * <p>Not for two threads at a time: the working arrays are used again.
 */
final class CompleteLikelihood implements Likelihood {

    private static final double LIMIT_TOLERANCE = 1e-7;

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
    private final double[] change = new double[ArimaOrder.MAX_LAGS + 2];

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
    public int cost() {
        return 1;
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

    /**
     * Runs the Kalman filter until its gain stayed at the limit for as long as old gains matter. The covariance begins stationary,
     * so that it changes by a matrix of rank one from step to step, of which a vector is kept (Morf, Sidhu and Kailath 1974,
     * Pearlman 1980).
     *
     * @return the next step
     */
    private int start(double[] phi, double[] theta, int lags) {
        double variance = begin(phi, theta);
        int atLimit = 0;
        int t = 0;
        for (; t < series.length && atLimit <= lags; t++) {
            double error = series[t] - state[0];
            double regressorError = withMean ? 1 - regressor[0] : 0;
            sums.add(error, regressorError, variance);
            errors[t] = error;
            regressorErrors[t] = regressorError;
            move(phi, state, error / variance);
            if (withMean) {
                move(phi, regressor, regressorError / variance);
            }
            double reflection = change[0] / variance;
            double distance = reflect(phi, reflection);
            variance *= (1 - reflection) * (1 + reflection);
            atLimit = distance < LIMIT_TOLERANCE ? atLimit + 1 : 0;
        }
        return t;
    }

    private double begin(double[] phi, double[] theta) {
        int size = phi.length;
        double[] covariance = new double[size * size];
        StationaryCovariance.write(phi, theta, size, covariance);
        Arrays.fill(state, 0);
        Arrays.fill(regressor, 0);
        change[size] = 0;
        for (int i = 0; i < size; i++) {
            gain[i] = phi[i] * covariance[0] + (i + 1 < size ? covariance[i + 1] : 0);
            change[i] = gain[i];
        }
        return covariance[0];
    }

    private void move(double[] phi, double[] moved, double error) {
        double first = moved[0];
        for (int i = 0; i < phi.length; i++) {
            moved[i] = phi[i] * first + moved[i + 1] + gain[i] * error;
        }
    }

    /** Moves the gain and its change on; returns how much is left of the change. */
    private double reflect(double[] phi, double reflection) {
        double first = change[0];
        double distance = 0;
        for (int i = 0; i < phi.length; i++) {
            double moved = phi[i] * first + change[i + 1];
            double old = gain[i];
            gain[i] = old - reflection * moved;
            change[i] = moved - reflection * old;
            distance = Math.max(distance, Math.abs(change[i]));
        }
        return distance;
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
