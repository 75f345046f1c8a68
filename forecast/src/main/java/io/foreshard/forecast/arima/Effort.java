package io.foreshard.forecast.arima;

/**
 * How far the climb to the greatest likelihood goes.
 *
 * @param tolerance log-likelihood that may be left
 * @param iterations most steps
 */
record Effort(double tolerance, int iterations) {

    /** As close as differences allow. */
    static Effort close() {
        return new Effort(1e-9, 100);
    }

    /** Close enough to compare orders. */
    static Effort toCompare() {
        return new Effort(1e-3, 25);
    }
}
