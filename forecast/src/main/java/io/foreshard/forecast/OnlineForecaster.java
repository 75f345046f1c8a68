package io.foreshard.forecast;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.interval.Coverage;
import io.foreshard.forecast.interval.QuantileCalibrator;
import io.foreshard.forecast.interval.SimulatedPaths;
import io.foreshard.forecast.online.OnlineModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The online forecaster: a few streaming experts mixed by their recent errors, with quantiles that keep their coverage.
 *
 * <ul>
 *   <li><em>Experts</em>: the last sample, a fast and a slow exponential level, a damped trend, an autoregression of twelve lags by
 *       recursive least squares; with {@linkplain Builder#periods seasons} also their lags, the value a season ago, and that value plus
 *       the fading difference of today from then. An expert's share falls with the eighth power of its recent error.
 *   <li><em>Quantiles</em>: learnt from the errors by a {@link QuantileCalibrator}. About as many samples as the outermost levels say
 *       fall between them one step ahead, on any series and in most windows of it; see {@link #coverage}.
 *   <li><em>Missing samples</em> (NaN, infinities) are skipped steps: quantiles widen until the next sample.
 *   <li><em>No explosions</em>: every value of a forecast stays within the range of the samples seen, widened on each side by
 *       its width. The range forgets slowly. Samples beyond ±{@value #MAX_MAGNITUDE} count as that.
 *   <li><em>Skill</em>: exponentially weighted absolute errors of the forecasts of the next sample, over those of the naive
 *       forecast, after 8 scored samples; 1 when neither errs, at most 1000.
 * </ul>
 *
 * <p>Confined to one thread at a time; a {@link ForecastPublisher} hands forecasts to others. {@link #update} takes a time that does
 * not depend on the samples before and allocates nothing; the memory is fixed: a few kB, and 26 bytes per step of the longest season. The
 * same settings and samples give the same forecasts, bit for bit. Forecasts follow the samples through any shift and positive factor,
 * but for rounding.
 */
public final class OnlineForecaster implements Forecaster {

    /** The greatest magnitude that a sample counts with. */
    public static final double MAX_MAGNITUDE = 1e300;

    /** The farthest horizon of a forecast, in steps. */
    public static final int MAX_HORIZON_STEPS = 65_536;

    private static final int VERSION = 1;

    private final OnlineModel model;
    private final QuantileCalibrator calibrator;
    private final SkillScore skill = new SkillScore();
    private boolean started;

    private OnlineForecaster(OnlineModel model, QuantileCalibrator calibrator) {
        this.model = model;
        this.calibrator = calibrator;
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void update(double sample) {
        if (!Double.isFinite(sample)) {
            calibrator.skip(model);
            return;
        }
        double counted = Math.max(-MAX_MAGNITUDE, Math.min(MAX_MAGNITUDE, sample));
        if (started) {
            skill.score(counted, model.next(), model.last());
        }
        started = true;
        calibrator.update(counted, model);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Allocates the forecast and takes time in proportion to the horizon times the number of levels. The quantiles equal the
     * mean until there are errors to learn from, which is at the second sample.
     */
    @Override
    public Forecast forecast(int horizonSteps) {
        requireHorizon(horizonSteps);
        double[] mean = new double[horizonSteps];
        double[][] quantiles = new double[calibrator.levelCount()][horizonSteps];
        write(mean, new double[horizonSteps], quantiles);
        return new Forecast(mean, calibrator.levels(), quantiles, skill.value());
    }

    private static void requireHorizon(int horizonSteps) {
        if (horizonSteps < 1 || horizonSteps > MAX_HORIZON_STEPS) {
            throw new IllegalArgumentException(
                    "horizonSteps: " + horizonSteps + " (expected: 1…" + MAX_HORIZON_STEPS + ")");
        }
    }

    /** Fills the arrays, of which the second is for work. */
    void write(double[] mean, double[] growth, double[][] quantiles) {
        model.forecast(mean);
        if (!started) {
            for (double[] row : quantiles) {
                Arrays.fill(row, 0);
            }
            return;
        }
        model.errorGrowth(growth);
        calibrator.write(mean, growth, quantiles);
        calibrator.bound(quantiles);
    }

    double skill() {
        return skill.value();
    }

    /** Returns a copy of the quantile levels, ascending. */
    public double[] levels() {
        return calibrator.levels();
    }

    /** Returns how often the next sample fell between the outermost quantiles so far. */
    public Coverage coverage() {
        return calibrator.coverage();
    }

    /**
     * Draws possible futures that go on from the newest sample.
     *
     * @param paths number of paths, 1…1000000
     * @param steps number of steps of each path, at least 1
     * @param seed decides all draws
     * @throws IllegalArgumentException if a number is out of range or there are fewer than two levels
     */
    public SimulatedPaths simulate(int paths, int steps, long seed) {
        return SimulatedPaths.draw(model, calibrator, paths, steps, seed);
    }

    /**
     * Returns a new publisher of this forecaster's forecasts.
     *
     * @param horizonSteps number of steps ahead that it publishes, 1…{@value #MAX_HORIZON_STEPS}
     * @throws IllegalArgumentException if out of range
     */
    public ForecastPublisher publisher(int horizonSteps) {
        requireHorizon(horizonSteps);
        return new ForecastPublisher(this, calibrator.levelCount(), horizonSteps);
    }

    /**
     * Writes settings and state.
     *
     * @param out receives a version byte first
     * @throws IOException if the output fails
     */
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeBoolean(started);
        model.save(out);
        calibrator.save(out);
        skill.save(out);
    }

    /**
     * Reads what {@link #save} wrote; the forecaster goes on bit for bit.
     *
     * @param in stands before the version byte
     * @throws IOException if the input fails, ends early or holds something else
     */
    public static OnlineForecaster load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        boolean started = in.readBoolean();
        OnlineModel model = OnlineModel.load(in);
        QuantileCalibrator calibrator = QuantileCalibrator.load(in);
        OnlineForecaster loaded = new OnlineForecaster(model, calibrator);
        loaded.skill.restore(in);
        loaded.started = started;
        return loaded;
    }

    /** Collects the settings of an {@link OnlineForecaster}. Each method checks its argument at once. */
    public static final class Builder {

        private final QuantileCalibrator.Builder calibrator = QuantileCalibrator.builder();
        private int[] periods = {};
        private boolean nonNegative;

        private Builder() {}

        /**
         * Sets the seasons of the series, default none: 288 and 2016 for the day and the week of samples every five minutes. The
         * first is the one whose values are remembered, best the shortest.
         *
         * @param steps at most 8 lengths of seasons, each from 2 to {@value OnlineModel#MAX_PERIOD_STEPS}; copied
         * @return this
         * @throws IllegalArgumentException if out of range or too many
         */
        public Builder periods(int... steps) {
            periods = OnlineModel.checkedPeriods(steps);
            return this;
        }

        /**
         * Sets the quantile levels, default 0.025, 0.05, 0.1, 0.25, 0.5 and their mirror images.
         *
         * @param values strictly ascending within (0, 1), at most 99, may be empty; copied
         * @return this
         * @throws IllegalArgumentException if not ascending, out of range or too many
         */
        public Builder levels(double... values) {
            calibrator.levels(values);
            return this;
        }

        /**
         * Sets up to how many steps ahead the errors are learnt, default {@value QuantileCalibrator#DEFAULT_MAX_HORIZON_STEPS}.
         * Farther steps have quantiles too, as the model says that errors grow.
         *
         * @param value in 1…4096
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxHorizonSteps(int value) {
            calibrator.maxHorizonSteps(value);
            return this;
        }

        /**
         * Sets whether the series cannot be negative (rates, counts, latencies): then no forecast value is; default false.
         *
         * @param value true to hold forecasts at 0 or above
         * @return this
         */
        public Builder nonNegative(boolean value) {
            calibrator.nonNegative(value);
            nonNegative = value;
            return this;
        }

        /** Returns a new forecaster that has seen no sample. The builder can be used again. */
        public OnlineForecaster build() {
            return new OnlineForecaster(OnlineModel.untaught(periods, nonNegative), calibrator.build());
        }
    }
}
