package io.foreshard.forecast.arima;

import java.util.Arrays;

/** One process fitted to the series: where its likelihood is greatest, and how good it is there. */
final class Candidate {

    /** Roots nearer to the unit circle than this are not trusted, as in R's {@code auto.arima}. */
    private static final double LEAST_ROOT = 1.01;

    private final ArmaFamily family;
    private final ArmaPoint point;
    private final double mean;
    private final double deviation;
    private final double logLikelihood;

    Candidate(ArmaFamily family, ArmaPoint point, double value, double mean, double sumOfSquares) {
        this.family = family;
        this.point = point;
        this.mean = mean;
        int count = family.count();
        deviation = Math.sqrt(sumOfSquares / count);
        logLikelihood = -value - family.offset();
    }

    int p() {
        return point.ar().length;
    }

    int q() {
        return point.ma().length;
    }

    boolean withConstant() {
        return family.series().withConstant();
    }

    ArmaPoint point() {
        return point;
    }

    double logLikelihood() {
        return logLikelihood;
    }

    int count() {
        return family.count();
    }

    /** The standard deviation of the noise in units of the series. */
    double deviation() {
        return family.series().deviationOf(deviation);
    }

    /** Akaike's criterion corrected for few samples; positive infinity where there are too few. */
    double aicc() {
        return -2 * logLikelihood + penalty(p() + q() + (withConstant() ? 1 : 0), family.count());
    }

    /** What the criterion adds for coefficients and the variance of the noise. */
    static double penalty(int coefficients, int samples) {
        double parameters = coefficients + 1.0;
        double rest = samples - parameters - 1;
        return rest > 0 ? 2 * parameters * (1 + (parameters + 1) / rest) : Double.POSITIVE_INFINITY;
    }

    /** The criterion by which candidates are compared: processes close to a unit root come last. */
    double score() {
        double score = isTrusted() ? aicc() : Double.POSITIVE_INFINITY;
        return Double.isNaN(score) ? Double.POSITIVE_INFINITY : score;
    }

    private boolean isTrusted() {
        double[] negated = Arrays.stream(point.ma()).map(value -> -value).toArray();
        return Partials.isStable(point.ar(), LEAST_ROOT) && Partials.isStable(negated, LEAST_ROOT);
    }

    ArimaCoefficients coefficients(int differences) {
        ArimaCoefficients coefficients = ArimaCoefficients.of(point.ar(), differences, point.ma());
        return withConstant() ? coefficients.withConstant(family.series().constantOf(mean)) : coefficients;
    }
}
