package io.foreshard.forecast.trend;

/**
 * How the error of the damped trend grows with the horizon: the standard deviation of the h-step error over that of the
 * one-step error, from {@code v(h) = 1 + Σ c(j)²} for j = 1…h-1, {@code c(j) = α + αβ(φ + … + φ^j)} (Hyndman, Koehler, Ord and
 * Snyder 2008, table 6.2, model A,Ad,N). A cursor: it stands at one horizon and moves ahead.
 */
public final class ErrorGrowth {

    private final double alpha;
    private final double beta;
    private final double phi;
    private double damping = 1;
    private double dampingSum;
    private double variance = 1;

    /** Stands at the next step, for a damped trend with these gains. */
    public ErrorGrowth(double alpha, double beta, double phi) {
        this.alpha = alpha;
        this.beta = beta;
        this.phi = phi;
    }

    /** A cursor that goes on from where this one stands. */
    public ErrorGrowth copy() {
        ErrorGrowth copy = new ErrorGrowth(alpha, beta, phi);
        copy.damping = damping;
        copy.dampingSum = dampingSum;
        copy.variance = variance;
        return copy;
    }

    /** Goes back to the next step. */
    public void restart() {
        damping = 1;
        dampingSum = 0;
        variance = 1;
    }

    /** Goes one step further ahead. */
    public void advance() {
        damping *= phi;
        dampingSum += damping;
        double weight = alpha + alpha * beta * dampingSum;
        variance += weight * weight;
    }

    /** Returns the growth up to where it stands. */
    public double factor() {
        return Math.sqrt(variance);
    }
}
