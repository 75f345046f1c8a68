package io.foreshard.forecast;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.interval.HistoryRange;
import io.foreshard.forecast.trend.DampedTrend;
import io.foreshard.forecast.trend.ErrorGrowth;

/**
 * Online forecaster after Holt's method with a damped trend (Gardner and McKenzie 1985), with quantiles learnt from its own
 * errors.
 *
 * <p>Each sample corrects a level and a trend; the trend fades by φ per step, so far horizons settle at a finite value.
 * <ul>
 *   <li><em>Start</em>: the level begins as the median of the first three samples, so that one odd sample among them is left
 *       out, and the trend at 0; both gains then fall as 1/n to α and β, so that a ramp is learnt within a few samples.
 *   <li><em>Missing samples</em> (NaN, infinities) are skipped steps: level and trend move on, the quantiles widen.
 *   <li><em>No explosions</em>: every value of a forecast stays within the range of the samples seen, widened on each side by
 *       {@link #DEFAULT_RANGE_WIDENING} times its width. The range forgets slowly (time constant 1024 steps). Samples beyond
 *       ±{@value #MAX_MAGNITUDE} count as that.
 *   <li><em>Quantiles</em>: one-step errors, scaled by their recent magnitude, drive one pinball-loss tracker per level; the
 *       horizon widens them by the variance formula of the model (Hyndman et al. 2008, table 6.2). One step ahead they are
 *       calibrated on any series; farther ahead they are too wide where the level does not wander.
 *   <li><em>Skill</em>: exponentially weighted absolute errors of the forecasts of the next sample, over those of the naive
 *       forecast, after 8 scored samples; 1 when neither errs, at most 1000.
 * </ul>
 *
 * <p>Confined to one thread at a time. {@link #update} takes constant time and allocates nothing; the memory is fixed. The same
 * settings and samples give the same forecasts, bit for bit; samples multiplied by a positive power of two give forecasts
 * multiplied by it.
 */
public final class DampedTrendForecaster implements Forecaster {

    /** Default weight of the newest error in the level. */
    public static final double DEFAULT_ALPHA = 0.5;

    /** Default weight of the newest change of the level in the trend. */
    public static final double DEFAULT_BETA = 0.05;

    /** Default share of the trend that is left after one step. */
    public static final double DEFAULT_PHI = 0.98;

    /** Default widening of the range of history that bounds forecasts: its own width on each side. */
    public static final double DEFAULT_RANGE_WIDENING = 1;

    /** The farthest horizon of a forecast, in steps. */
    public static final int MAX_HORIZON_STEPS = 65_536;

    /** The greatest magnitude that a sample counts with. */
    public static final double MAX_MAGNITUDE = 1e300;

    private final double alpha;
    private final double beta;
    private final boolean nonNegative;
    private final double[] levels;
    private final DampedTrend state;
    private final ErrorGrowth growth;
    private final HistoryRange range;
    private final ErrorQuantiles errors;
    private final SkillScore skill = new SkillScore();
    private double lastSample;
    private double sampleBeforeLast;
    private long samples;

    private DampedTrendForecaster(Builder builder) {
        alpha = builder.alpha;
        beta = builder.beta;
        nonNegative = builder.nonNegative;
        levels = builder.levels;
        state = new DampedTrend(builder.phi);
        growth = new ErrorGrowth(alpha, beta, builder.phi);
        range = new HistoryRange(builder.rangeWidening);
        errors = new ErrorQuantiles(levels);
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void update(double sample) {
        if (!Double.isFinite(sample)) {
            skip();
            return;
        }
        double counted = Math.max(-MAX_MAGNITUDE, Math.min(MAX_MAGNITUDE, sample));
        if (samples == 0) {
            range.start(counted);
        } else {
            score(counted);
            range.include(counted);
        }
        correct(counted);
        samples++;
        sampleBeforeLast = lastSample;
        lastSample = counted;
    }

    private void score(double sample) {
        double forecast = bound(state.next());
        errors.learn((sample - forecast) / growth.factor());
        growth.restart();
        skill.score(sample, forecast, lastSample);
    }

    private void correct(double sample) {
        if (samples == 0) {
            state.start(sample, 0);
        } else if (samples == 1) {
            state.start(lastSample / 2 + sample / 2, 0);
        } else if (samples == 2) {
            state.start(median(sampleBeforeLast, lastSample, sample), 0);
        } else {
            double warmGain = 1.0 / (samples + 1);
            state.correct(sample, Math.max(alpha, warmGain), Math.max(beta, warmGain));
        }
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void skip() {
        if (samples > 0) {
            state.skip(range);
            growth.advance();
        }
    }

    private double bound(double value) {
        double bounded = range.clamp(value);
        return nonNegative ? Math.max(0, bounded) : bounded;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Allocates the forecast and takes time in proportion to the horizon times the number of levels. The quantiles equal
     * the mean until the second sample.
     */
    @Override
    public Forecast forecast(int horizonSteps) {
        if (horizonSteps < 1 || horizonSteps > MAX_HORIZON_STEPS) {
            throw new IllegalArgumentException(
                    "horizonSteps: " + horizonSteps + " (expected: 1…" + MAX_HORIZON_STEPS + ")");
        }
        double[] mean = new double[horizonSteps];
        double[][] quantiles = new double[levels.length][horizonSteps];
        if (samples > 0) {
            state.project(mean);
            spread(mean, quantiles);
        }
        return new Forecast(mean, levels, quantiles, skill.value());
    }

    /** Puts the error quantiles around the mean, and both within the bounds. */
    private void spread(double[] mean, double[][] quantiles) {
        double[] offsets = new double[levels.length];
        errors.write(offsets);
        ErrorGrowth reach = growth.copy();
        for (int step = 0; step < mean.length; step++) {
            for (int row = 0; row < offsets.length; row++) {
                quantiles[row][step] = bound(mean[step] + offsets[row] * reach.factor());
            }
            mean[step] = bound(mean[step]);
            reach.advance();
        }
    }

    /** Collects the settings of a {@link DampedTrendForecaster}. Each method checks its argument at once. */
    public static final class Builder {

        private double alpha = DEFAULT_ALPHA;
        private double beta = DEFAULT_BETA;
        private double phi = DEFAULT_PHI;
        private double rangeWidening = DEFAULT_RANGE_WIDENING;
        private boolean nonNegative;
        private double[] levels = {0.1, 0.25, 0.5, 0.75, 0.9};

        private Builder() {}

        /**
         * Sets the weight of the newest error in the level, default {@value #DEFAULT_ALPHA}.
         *
         * @param value in (0, 1]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder alpha(double value) {
            alpha = share("alpha", value);
            return this;
        }

        /**
         * Sets the weight of the newest change of the level in the trend, default {@value #DEFAULT_BETA}.
         *
         * @param value in (0, 1]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder beta(double value) {
            beta = share("beta", value);
            return this;
        }

        /**
         * Sets the share of the trend that is left after one step, default {@value #DEFAULT_PHI}; 1 is Holt's undamped trend.
         *
         * @param value in (0, 1]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder phi(double value) {
            phi = share("phi", value);
            return this;
        }

        /**
         * Sets the quantile levels, default 0.1, 0.25, 0.5, 0.75, 0.9.
         *
         * @param values strictly ascending within (0, 1), may be empty; copied
         * @return this
         * @throws IllegalArgumentException if not ascending or out of range
         */
        public Builder levels(double... values) {
            double last = 0;
            for (double value : values) {
                if (!(value > last && value < 1)) {
                    throw new IllegalArgumentException("levels: " + value + " (expected: ascending within (0, 1))");
                }
                last = value;
            }
            levels = values.clone();
            return this;
        }

        /**
         * Sets how far forecasts may leave the range of the samples seen, on each side, in widths of that range; default
         * {@value #DEFAULT_RANGE_WIDENING}.
         *
         * @param value in [0, 1000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder rangeWidening(double value) {
            if (!(value >= 0 && value <= 1000)) {
                throw new IllegalArgumentException("rangeWidening: " + value + " (expected: 0…1000)");
            }
            rangeWidening = value;
            return this;
        }

        /**
         * Sets whether the series cannot be negative (rates, counts, latencies): then no forecast value is; default false.
         *
         * @param value true to hold forecasts at 0 or above
         * @return this
         */
        public Builder nonNegative(boolean value) {
            nonNegative = value;
            return this;
        }

        /** Returns a new forecaster that has seen no sample. The builder can be used again. */
        public DampedTrendForecaster build() {
            return new DampedTrendForecaster(this);
        }

        private static double share(String name, double value) {
            if (!(value > 0 && value <= 1)) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: in (0, 1])");
            }
            return value;
        }
    }
}
