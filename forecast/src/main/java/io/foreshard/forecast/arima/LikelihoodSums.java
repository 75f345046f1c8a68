package io.foreshard.forecast.arima;

/** Adds up what the likelihood needs from the errors of the samples and, for the mean, from those of its regressor. */
final class LikelihoodSums {

    private static final double LARGE = 1e100;

    private double errors;
    private double regressors;
    private double products;
    private double logDeterminant;
    private double determinant;
    private int count;

    void clear() {
        errors = 0;
        regressors = 0;
        products = 0;
        logDeterminant = 0;
        determinant = 1;
        count = 0;
    }

    void add(double error, double regressor, double variance) {
        double scaled = error / variance;
        errors += scaled * error;
        products += scaled * regressor;
        regressors += regressor * regressor / variance;
        determinant *= variance;
        if (determinant > LARGE) {
            logDeterminant += Math.log(determinant);
            determinant = 1;
        }
        count++;
    }

    /** Adds errors of variance 1 whose sums are known. */
    void addSums(int samples, double squares, double crossProducts, double regressorSquares) {
        errors += squares;
        products += crossProducts;
        regressors += regressorSquares;
        count += samples;
    }

    double mean() {
        return regressors > 0 ? products / regressors : 0;
    }

    double sumOfSquares() {
        return regressors > 0 ? Math.max(0, errors - products * products / regressors) : errors;
    }

    int count() {
        return count;
    }

    /** Half of {@code n log(S/n) + log|V|}; the floor of S keeps a series that follows the process exactly finite. */
    double negativeLogLikelihood(double floor) {
        double squares = Math.max(floor, sumOfSquares());
        double value = 0.5 * (count * Math.log(squares / count) + logDeterminant + Math.log(determinant));
        return Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
    }
}
