package io.foreshard.forecast.arima;

/** The exact Gaussian likelihood of one series, with the variance of the noise and the mean or drift at their best values. */
interface Likelihood {

    /** How many samples of the differenced process it rests on. */
    int count();

    /** How much work an evaluation is, in passes of a filter over a complete series. */
    int cost();

    /**
     * Evaluates it.
     *
     * @return half of {@code n log(S/n) + log|V|}; positive infinity where it cannot be computed
     */
    double evaluate(double[] ar, double[] ma);

    /** The mean or drift of the last evaluation, 0 where there is none. */
    double mean();

    /** The weighted sum of squared errors of the last evaluation. */
    double sumOfSquares();
}
