package io.foreshard.forecast;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.automatic.AutomaticFit;
import io.foreshard.forecast.automatic.AutomaticFitter;
import io.foreshard.forecast.interval.Coverage;
import io.foreshard.forecast.interval.HistoryRange;
import io.foreshard.forecast.interval.QuantileCalibrator;
import io.foreshard.forecast.interval.SimulatedPaths;
import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts any series: chooses and combines models by a back-test on the series' own past, moves them on sample by sample, and
 * chooses anew in the background as the past grows or the errors drift.
 *
 * <ul>
 *   <li><em>Models</em>: see {@link AutomaticFitter}. Until the first fit a combination of models that learn as they go forecasts.
 *   <li><em>Refits</em> run on the given executor, by default on the calling thread, within a bounded work. The result is taken over
 *       by the next {@link #update} or {@link #forecast}, which moves it through the samples that came meanwhile.
 *   <li><em>Quantiles</em> are learnt from the errors of what was really forecast, see {@link QuantileCalibrator}, and go on across refits.
 *   <li><em>No explosions</em>: means stay within the range of history, widened on each side by its width.
 *   <li><em>Missing samples</em> (NaN, infinities) are skipped steps.
 * </ul>
 *
 * <p>Confined to one thread at a time, but for the refits. With an executor that runs tasks on the calling thread the same samples
 * give the same forecasts, bit for bit; with another, refits come when they are ready. {@link #update} allocates only when it starts
 * or takes over a refit and while the history grows.
 */
public final class AutomaticForecaster implements Forecaster {

    /** Default of the newest samples that are kept for refits. */
    public static final int DEFAULT_MAX_SAMPLES = 4096;

    /** The farthest horizon of a forecast, in steps. */
    public static final int MAX_HORIZON_STEPS = 65_536;

    private static final int VERSION = 1;
    private static final double WIDENING = 1;
    private static final double MAX_MAGNITUDE = 1e300;

    private final AutomaticFitter fitter;
    private final Executor executor;
    private final double[] levels;
    private final boolean nonNegative;
    private final SampleHistory history;
    private final RefitSchedule schedule;
    private final AtomicReference<@Nullable Refit> finished = new AtomicReference<>();
    private final DriftDetector drift = new DriftDetector();
    private final HistoryRange range = new HistoryRange(WIDENING);
    private final SkillScore skill = new SkillScore();
    private BoundedModel model;
    private QuantileCalibrator calibrator;
    private @Nullable AutomaticFit chosen;
    private double lastSample;
    private long samples;
    private long failedRefits;

    /** A fit of the first steps of the series, or none where it failed. */
    private record Refit(@Nullable AutomaticFit fit, long at) {}

    private AutomaticForecaster(Builder builder) {
        fitter = builder.fitter.build();
        executor = builder.executor;
        levels = builder.levels;
        nonNegative = builder.nonNegative;
        history = new SampleHistory(builder.maxSamples);
        schedule = new RefitSchedule(builder.maxSamples);
        model = bounded(fitter.start());
        calibrator = QuantileCalibrator.builder()
                .levels(levels)
                .maxHorizonSteps(builder.maxHorizonSteps)
                .nonNegative(nonNegative)
                .build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void update(double sample) {
        takeOver();
        if (Double.isFinite(sample)) {
            learn(Math.max(-MAX_MAGNITUDE, Math.min(MAX_MAGNITUDE, sample)));
        } else if (samples > 0) {
            history.add(Double.NaN);
            calibrator.skip(model);
        }
        if (schedule.isDue(history.count())) {
            refit();
        }
    }

    private void learn(double sample) {
        history.add(sample);
        if (samples++ == 0) {
            range.start(sample);
        } else {
            double expected = model.next();
            skill.score(sample, expected, lastSample);
            if (drift.learn(sample - expected)) {
                drift.restart();
                schedule.hasten(history.count());
            }
            range.include(sample);
        }
        lastSample = sample;
        calibrator.update(sample, model);
    }

    /**
     * Chooses anew now, on all samples that are kept: for instance after a past was fed in. Does nothing before the first sample and while
     * a refit runs. Forecasts follow the choice at once where the executor runs tasks on the calling thread.
     */
    public void refit() {
        if (samples == 0 || schedule.isRunning()) {
            return;
        }
        long at = history.count();
        double[] past = history.toArray();
        schedule.started(at);
        try {
            executor.execute(() -> fit(past, at));
        } catch (RejectedExecutionException e) {
            finished.set(new Refit(null, at));
        }
        takeOver();
    }

    /** The boundary of the background: a fit that fails leaves the forecaster as it is, and is counted. */
    private void fit(double[] past, long at) {
        AutomaticFit fit = null;
        try {
            fit = fitter.fit(past);
        } catch (RuntimeException e) {
            fit = null;
        } finally {
            finished.set(new Refit(fit, at));
        }
    }

    private void takeOver() {
        Refit refit = finished.get() == null ? null : finished.getAndSet(null);
        if (refit == null) {
            return;
        }
        schedule.ended();
        long missed = history.count() - refit.at();
        // Beyond what is kept nobody can tell the model what it missed, and its seasons would be out of phase.
        if (refit.fit() == null || missed > history.kept()) {
            failedRefits++;
            return;
        }
        chosen = refit.fit();
        model = bounded(chosen.model());
        for (double sample : history.newest(missed)) {
            if (Double.isNaN(sample)) {
                model.skip();
            } else {
                model.update(sample);
            }
        }
    }

    private BoundedModel bounded(StreamingModel given) {
        return new BoundedModel(given, range, nonNegative);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if {@code horizonSteps} is below 1 or above {@value #MAX_HORIZON_STEPS}
     */
    @Override
    public Forecast forecast(int horizonSteps) {
        if (horizonSteps < 1 || horizonSteps > MAX_HORIZON_STEPS) {
            throw new IllegalArgumentException(
                    "horizonSteps: " + horizonSteps + " (expected: 1…" + MAX_HORIZON_STEPS + ")");
        }
        takeOver();
        double[] mean = new double[horizonSteps];
        double[][] quantiles = new double[levels.length][horizonSteps];
        if (samples > 0) {
            model.forecast(mean);
            double[] growth = new double[horizonSteps];
            model.errorGrowth(growth);
            calibrator.write(mean, growth, quantiles);
            calibrator.bound(quantiles);
        }
        return new Forecast(mean, levels, quantiles, skill.value());
    }

    /** Returns what the newest refit chose and why, empty before the first and after a load. */
    public Optional<AutomaticFit> chosen() {
        return Optional.ofNullable(chosen);
    }

    /** Returns how many refits failed, were rejected by the executor or came too late; the forecaster went on without them. */
    public long failedRefits() {
        return failedRefits;
    }

    /** Returns how often the next sample fell between the outermost quantiles. */
    public Coverage coverage() {
        return calibrator.coverage();
    }

    /**
     * Simulates how the series may go on, for questions about paths such as whether a capacity is exceeded within some steps.
     *
     * @param paths number of paths
     * @param steps length of each
     * @param seed decides all draws
     * @throws IllegalArgumentException if a number is out of range, or there are fewer than two quantile levels
     */
    public SimulatedPaths simulate(int paths, int steps, long seed) {
        return SimulatedPaths.draw(model, calibrator, paths, steps, seed);
    }

    /**
     * Writes the state; a refit that is running is lost.
     *
     * @param out receives a version byte first
     * @throws IOException if the output fails
     */
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        history.save(out);
        schedule.save(out);
        drift.save(out);
        range.save(out);
        skill.save(out);
        model.save(out);
        calibrator.save(out);
        out.writeDouble(lastSample);
        out.writeLong(samples);
    }

    private void restore(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        history.restore(in);
        schedule.restore(in);
        drift.restore(in);
        range.restore(in);
        skill.restore(in);
        model = bounded(AutomaticFitter.load(in));
        calibrator = QuantileCalibrator.load(in);
        if (!Arrays.equals(calibrator.levels(), levels)) {
            throw new IOException(
                    "levels: " + Arrays.toString(calibrator.levels()) + " (expected: " + Arrays.toString(levels) + ")");
        }
        lastSample = Saved.finite(in, "lastSample");
        samples = Saved.count(in, "samples");
    }

    /** Collects the settings of an {@link AutomaticForecaster}. Each method checks its argument at once. */
    public static final class Builder {

        private final AutomaticFitter.Builder fitter = AutomaticFitter.builder().maxSamples(DEFAULT_MAX_SAMPLES);
        private double[] levels = {0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975};
        private int maxHorizonSteps = AutomaticFitter.DEFAULT_HORIZON_STEPS;
        private int maxSamples = DEFAULT_MAX_SAMPLES;
        private boolean nonNegative;
        private Executor executor = Runnable::run;

        private Builder() {}

        /**
         * Sets how many steps ahead models and quantiles are scored, default {@value AutomaticFitter#DEFAULT_HORIZON_STEPS}.
         * Farther steps are forecast too.
         *
         * @param value 1…4096
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxHorizonSteps(int value) {
            fitter.horizonSteps(value);
            maxHorizonSteps = value;
            return this;
        }

        /**
         * Sets the lengths of the seasons in steps, as of {@link AutomaticFitter.Builder#periods}; the default is to look for them.
         *
         * @param values ascending, none or up to two
         * @return this
         * @throws IllegalArgumentException if out of range or not ascending
         */
        public Builder periods(int... values) {
            fitter.periods(values);
            return this;
        }

        /**
         * Sets how many of the newest samples are kept for refits, default {@value #DEFAULT_MAX_SAMPLES}: 8 bytes each.
         *
         * @param value at least 16
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxSamples(int value) {
            fitter.maxSamples(value);
            maxSamples = value;
            return this;
        }

        /**
         * Sets the bound of the work of a refit, as of {@link AutomaticFitter.Builder#workBudget}.
         *
         * @param value in visits to a sample, at least 1
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder workBudget(long value) {
            fitter.workBudget(value);
            return this;
        }

        /**
         * Sets the quantile levels, default 0.025, 0.05, 0.1, 0.25, 0.5 and their mirror images.
         *
         * @param values strictly ascending within (0, 1), at most 99; copied
         * @return this
         * @throws IllegalArgumentException if not ascending, out of range or too many
         */
        public Builder levels(double... values) {
            QuantileCalibrator.builder().levels(values);
            levels = values.clone();
            return this;
        }

        /**
         * Sets whether the series cannot be negative (rates, counts, latencies): then no forecast is; default false.
         *
         * @param value true to hold forecasts at 0 or above
         * @return this
         */
        public Builder nonNegative(boolean value) {
            nonNegative = value;
            return this;
        }

        /**
         * Sets what runs the refits, default the thread that calls {@link AutomaticForecaster#update}.
         *
         * @param value runs one task at a time for each forecaster; a task that it rejects is tried again later
         * @return this
         */
        public Builder executor(Executor value) {
            executor = value;
            return this;
        }

        /** Returns a forecaster that has seen no sample. The builder can be used again. */
        public AutomaticForecaster build() {
            return new AutomaticForecaster(this);
        }

        /**
         * Returns a forecaster with these settings that goes on from what {@link AutomaticForecaster#save} wrote, bit for bit where
         * no refit was running.
         *
         * @param in stands before the version byte
         * @throws IOException if the input fails, holds something else, or was saved with other levels or more samples
         */
        public AutomaticForecaster load(DataInput in) throws IOException {
            AutomaticForecaster forecaster = build();
            forecaster.restore(in);
            return forecaster;
        }
    }
}
