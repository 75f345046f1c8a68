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
        double perSample = 0.5 * (1 + Math.log(2 * Math.PI)) + family.series().logUnit();
        logLikelihood = -value - count * perSample;
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

    private int parameters() {
        return p() + q() + (withConstant() ? 1 : 0) + 1;
    }

    /** Akaike's criterion corrected for few samples; positive infinity where there are too few. */
    double aicc() {
        int parameters = parameters();
        int rest = family.count() - parameters - 1;
        if (rest <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        return -2 * logLikelihood + 2.0 * parameters + 2.0 * parameters * (parameters + 1) / rest;
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
