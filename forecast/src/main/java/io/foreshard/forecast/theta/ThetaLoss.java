package io.foreshard.forecast.theta;

import java.util.Arrays;

/**
 * The sum of squared one-step errors of a Theta method as a function of α alone: the errors are linear in the initial level and in ω, so
 * the best of both follow from two normal equations.
 *
 * <p>The first two errors do not count where there is a trend line, since no line goes through less than two samples; this also makes the
 * parameters independent of the level of the series.
 */
final class ThetaLoss {

    private static final double FORGOTTEN = 1e-100;

    private final double[] values;
    private final boolean[] counted;
    private final boolean withLine;
    private final double fixedOmega;
    private final double[] intercepts;
    private final double[] slopes;
    private final double levelBound;
    private final NormalEquations equations = new NormalEquations();
    private double initialLevel;
    private double omega;
    private int errors;

    /**
     * Prepares the lines that the method knows at each step.
     *
     * @param values complete, around 0
     * @param present false where the value is filled in and its error does not count
     * @param fixedOmega NaN to find it
     */
    ThetaLoss(ThetaForm form, double[] values, boolean[] present, double fixedOmega) {
        this.values = values;
        this.fixedOmega = fixedOmega;
        withLine = form != ThetaForm.CLASSIC;
        counted = present.clone();
        for (int i = 0; withLine && i < Math.min(2, counted.length); i++) {
            counted[i] = false;
        }
        intercepts = new double[values.length];
        slopes = new double[values.length];
        Line line = new Line();
        for (int i = 0; i < values.length; i++) {
            intercepts[i] = line.intercept();
            slopes[i] = line.slope();
            line.add(values[i]);
        }
        if (form == ThetaForm.OPTIMISED) {
            Arrays.fill(intercepts, line.intercept());
            Arrays.fill(slopes, line.slope());
        }
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        levelBound = 2 * largest;
    }

    /** The best initial level for the α of the last call of {@link #at}. */
    double initialLevel() {
        return initialLevel;
    }

    /** The best ω for the α of the last call of {@link #at}; 0 without a line. */
    double omega() {
        return omega;
    }

    /** How many errors count. */
    int errors() {
        return errors;
    }

    /** The least sum of squares with this α. */
    double at(double alpha) {
        // With start + change as initial level: error = rest - change · weight - ω · trend.
        double start = values[0];
        double level = start;
        double weight = 1;
        double ww = 0;
        double wt = 0;
        double tt = 0;
        double wr = 0;
        double tr = 0;
        double rr = 0;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            double rest = values[i] - level;
            if (counted[i]) {
                double trend = weight * intercepts[i] + (1 - weight * (1 - alpha)) / alpha * slopes[i];
                ww += weight * weight;
                wt += weight * trend;
                tt += trend * trend;
                wr += weight * rest;
                tr += trend * rest;
                rr += rest * rest;
                count++;
            }
            level += alpha * rest;
            weight = weight < FORGOTTEN ? 0 : weight * (1 - alpha);
        }
        errors = count;
        equations.set(ww, wt, tt, wr, tr);
        solve(start);
        return Math.max(0, rr + equations.change(initialLevel - start, omega));
    }

    private void solve(double start) {
        if (!withLine) {
            omega = 0;
        } else if (Double.isNaN(fixedOmega)) {
            equations.solve(-levelBound - start, levelBound - start);
            omega = equations.second();
            initialLevel = start + equations.first();
            return;
        } else {
            omega = fixedOmega;
        }
        initialLevel = start + equations.firstFor(omega, -levelBound - start, levelBound - start);
    }
}
