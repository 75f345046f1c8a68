package io.foreshard.forecast.theta;

import java.util.Arrays;

/**
 * Fits a Theta method to a series by least squares of its one-step errors, after a season, where the series shows one, is taken off.
 *
 * <p>The season is tested and found as in the M4 benchmarks, see {@link ThetaSeason}; it needs more than two periods. Samples that are NaN
 * or infinite are missing. Fewer than 6 samples are not fitted: α is 0.5 and θ 2. Immutable, safe for any thread; the same series gives
 * the same fit.
 */
public final class ThetaFitter {

    private static final double LEAST_ALPHA = 0.1;
    private static final double LARGEST_ALPHA = 0.99;
    private static final double LEAST_CLASSIC_ALPHA = 1e-4;
    private static final double LARGEST_CLASSIC_ALPHA = 0.9999;
    private static final double DEFAULT_ALPHA = 0.5;
    private static final double DEFAULT_OMEGA = 0.5;
    private static final int LEAST_COUNT = 6;

    private final ThetaForm form;
    private final int period;
    private final ThetaSeason season;
    private final double fixedAlpha;
    private final double fixedOmega;

    private ThetaFitter(Builder builder) {
        form = builder.form;
        period = builder.period;
        season = builder.season;
        fixedAlpha = builder.alpha;
        fixedOmega = builder.omega;
    }

    /** Returns a builder: dynamic, without a season. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Fits a series.
     *
     * @param series NaN where a sample is missing; not retained
     * @return the fit
     * @throws IllegalArgumentException if no sample is finite
     */
    public ThetaFit fit(double[] series) {
        ThetaSample sample = ThetaSample.of(series, period, season);
        boolean few = sample.count() < LEAST_COUNT;
        double wantedOmega = few && Double.isNaN(fixedOmega) ? DEFAULT_OMEGA : fixedOmega;
        ThetaLoss loss = new ThetaLoss(form, sample.values(), sample.present(), wantedOmega);
        double alpha = alpha(loss, few);
        double squares = loss.at(alpha);
        boolean classic = form == ThetaForm.CLASSIC;
        double omega = classic ? DEFAULT_OMEGA : loss.omega();
        double level = few ? sample.values()[0] * (classic ? 1 : 1 - omega) : loss.initialLevel();
        ThetaState start = start(sample, alpha, omega, level);
        int parameters = classic ? 2 : 3;
        double sigma = Math.sqrt(squares / Math.max(1, loss.errors() - parameters));
        return replay(series, sample, start, sample.inUnit(sigma));
    }

    private double alpha(ThetaLoss loss, boolean few) {
        if (!Double.isNaN(fixedAlpha)) {
            return fixedAlpha;
        }
        if (few) {
            return DEFAULT_ALPHA;
        }
        return form == ThetaForm.CLASSIC
                ? GainSearch.minimum(loss::at, LEAST_CLASSIC_ALPHA, LARGEST_CLASSIC_ALPHA)
                : GainSearch.minimum(loss::at, LEAST_ALPHA, LARGEST_ALPHA);
    }

    /** The state before the first sample, in the level and unit of the series. */
    private ThetaState start(ThetaSample sample, double alpha, double omega, double level) {
        Line line = new Line();
        for (double value : sample.values()) {
            line.add(value);
        }
        double slope = sample.inUnit(line.slope());
        return switch (form) {
            // The drift starts after the first sample: with this intercept the general form says so.
            case CLASSIC -> new ThetaState(alpha, omega, false, sample.atLevel(level, 1), new Line(-slope, slope));
            case OPTIMISED -> {
                Line whole = new Line(sample.atLevel(line.intercept(), 1), slope);
                yield new ThetaState(alpha, omega, false, sample.atLevel(level, 1 - omega), whole);
            }
            case DYNAMIC -> new ThetaState(alpha, omega, true, sample.atLevel(level, 1 - omega), new Line());
        };
    }

    private ThetaFit replay(double[] series, ThetaSample sample, ThetaState start, double sigma) {
        Season found = sample.season();
        double alpha = start.alpha();
        double omega = start.omega();
        double level = start.level();
        ThetaModel model = new ThetaModel(form, found, start, 0);
        double[] residuals = new double[series.length];
        Arrays.fill(residuals, 0, sample.first(), Double.NaN);
        int warmUp = sample.first() + (form == ThetaForm.CLASSIC ? 0 : 2);
        for (int i = sample.first(); i < series.length; i++) {
            boolean present = Double.isFinite(series[i]);
            residuals[i] = present && i >= warmUp ? series[i] - model.next() : Double.NaN;
            if (present) {
                model.update(series[i]);
            } else {
                model.skip();
            }
        }
        return new ThetaFit(model, alpha, omega, level, found.period(), sigma, residuals);
    }

    /** Collects the settings of a {@link ThetaFitter}. Each method checks its argument at once. */
    public static final class Builder {

        private ThetaForm form = ThetaForm.DYNAMIC;
        private int period = 1;
        private ThetaSeason season = ThetaSeason.AUTOMATIC;
        private double alpha = Double.NaN;
        private double omega = Double.NaN;

        private Builder() {}

        /** Sets the method, default {@link ThetaForm#DYNAMIC}. Returns this. */
        public Builder form(ThetaForm value) {
            form = value;
            return this;
        }

        /**
         * Sets the period of the season to test for, default 1, which is none.
         *
         * @param steps at least 1
         * @return this
         * @throws IllegalArgumentException if below 1
         */
        public Builder period(int steps) {
            if (steps < 1) {
                throw new IllegalArgumentException("period: " + steps + " (expected: >= 1)");
            }
            period = steps;
            return this;
        }

        /** Sets how a season is taken off, default {@link ThetaSeason#AUTOMATIC}. Returns this. */
        public Builder season(ThetaSeason value) {
            season = value;
            return this;
        }

        /**
         * Fixes α instead of finding it.
         *
         * @param value in (0, 1)
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder alpha(double value) {
            if (!(value > 0 && value < 1)) {
                throw new IllegalArgumentException("alpha: " + value + " (expected: in (0, 1))");
            }
            alpha = value;
            return this;
        }

        /**
         * Fixes θ instead of finding it; {@link ThetaForm#CLASSIC} has 2 whatever is given.
         *
         * @param value at least 1
         * @return this
         * @throws IllegalArgumentException if below 1
         */
        public Builder theta(double value) {
            if (!(value >= 1)) {
                throw new IllegalArgumentException("theta: " + value + " (expected: >= 1)");
            }
            omega = 1 - 1 / value;
            return this;
        }

        /** Returns a fitter with these settings. The builder can be used again. */
        public ThetaFitter build() {
            return new ThetaFitter(this);
        }
    }
}
