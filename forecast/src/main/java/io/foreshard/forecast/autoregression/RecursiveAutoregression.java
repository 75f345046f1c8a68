package io.foreshard.forecast.autoregression;

import io.foreshard.forecast.interval.HistoryRange;
import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * An autoregression on any set of lags, with a drift, learnt by recursive least squares with exponential forgetting.
 *
 * <p>The change to the next sample is regressed on the deviations of the lagged samples from a slow running mean. All coefficients
 * start at 0, which is the naive forecast, and a prior variance holds them there until the samples say otherwise.
 * <ul>
 *   <li><em>Numerics</em>: the covariance is kept in factors U·D·Uᵀ (Bierman 1977), inputs are in units of the recent error.
 *       Forecasts follow the samples through any shift and positive factor.
 *   <li><em>Wind-up</em>: the covariance never exceeds its prior, and inputs without excitation teach nothing.
 *   <li><em>Outliers</em>: a sample whose error is beyond {@link Builder#outlierLimit} times the recent mean absolute error weighs
 *       less, by the square of the excess; the limit doubles with each outlier in a row.
 *   <li><em>Gaps</em>: a skipped step is filled with the model's own forecast; the coefficients rest while a lag they need is
 *       filled. Lags that reach before the first sample count as the running mean.
 *   <li><em>No explosions</em>: every forecast stays within the range of the samples of the last thousand steps or so, widened on
 *       each side by its own width; a path that meets the bound shrinks its further changes.
 * </ul>
 *
 * <p>Confined to one thread at a time. The memory is one value per step of the greatest lag and half a square of the number of
 * lags; {@link #update} takes time in proportion to that square.
 */
public final class RecursiveAutoregression implements StreamingModel {

    /** Default number of steps over which the coefficients forget. */
    public static final int DEFAULT_MEMORY_STEPS = 1000;

    /** Default firmness of the hold to the naive forecast. */
    public static final double DEFAULT_SHRINKAGE = 10;

    /** Default limit of an error, in recent mean absolute errors. */
    public static final double DEFAULT_OUTLIER_LIMIT = 3;

    private static final int VERSION = 1;
    private static final double MAX_MAGNITUDE = 1e100;
    /** Below it the reciprocal of a scale would overflow. */
    private static final double LEAST_SCALE = 1e-280;
    /** An error scale below this share of the usual change is rounding, not noise. */
    private static final double LEAST_NOISE = 1e-4;

    private static final double BOUND = 1;
    private static final double SHRINK_AT_BOUND = 0.8;

    private final Settings settings;
    private final LeastSquares regression;
    private final History history;
    private final Recursion recursion;
    private final ErrorScale errorScale;
    private final HistoryRange bounds;
    /** Deviations of the lags in error scales, then the input of the drift. */
    private final double[] inputs;

    private double reference;
    private double usualChange;
    private int samples;
    private double scale;
    private double next;
    private boolean teachable;

    private RecursiveAutoregression(Settings settings) {
        this.settings = settings;
        regression = new LeastSquares(settings.forgetting(), settings.prior());
        history = new History(settings.maxLag());
        recursion = new Recursion(settings.lags(), regression, history);
        errorScale = new ErrorScale(settings.outlierLimit());
        bounds = new HistoryRange(BOUND);
        inputs = new double[settings.lagCount() + 1];
    }

    private RecursiveAutoregression(RecursiveAutoregression other) {
        settings = other.settings;
        regression = new LeastSquares(other.regression);
        history = new History(other.history);
        recursion = new Recursion(settings.lags(), regression, history);
        errorScale = new ErrorScale(other.errorScale);
        bounds = new HistoryRange(other.bounds);
        inputs = other.inputs.clone();
        reference = other.reference;
        usualChange = other.usualChange;
        samples = other.samples;
        scale = other.scale;
        next = other.next;
        teachable = other.teachable;
    }

    /** Returns a builder with the defaults: lags 1 to 12. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String description() {
        return settings.description();
    }

    /**
     * Returns the weight of the sample a number of steps back in the forecast of the next sample, as learnt so far.
     *
     * @param lag one of the lags of the model
     * @throws IllegalArgumentException if the model does not have that lag
     */
    public double coefficient(int lag) {
        int index = settings.indexOf(lag);
        return regression.coefficient(index) + (lag == 1 ? 1 : 0);
    }

    @Override
    public void update(double sample) {
        if (!Double.isFinite(sample)) {
            skip();
            return;
        }
        double value = Math.max(-MAX_MAGNITUDE, Math.min(MAX_MAGNITUDE, sample));
        if (samples == 0) {
            start(value);
        } else {
            learn(value);
        }
        history.push(value, false);
        prepare();
    }

    private void start(double value) {
        reference = value;
        bounds.start(value);
        samples = 1;
    }

    private void learn(double value) {
        if (teachable) {
            double error = value - next;
            regression.learn(inputs, error / scale, errorScale.weigh(error, LEAST_NOISE * usualChange));
        }
        double newest = history.at(1);
        samples = Math.min(samples + 1, settings.memorySteps());
        usualChange += (Math.abs(value - newest) - usualChange) / samples;
        reference += (value - reference) / samples;
        bounds.include(value);
    }

    @Override
    public void skip() {
        if (samples > 0) {
            history.push(next, true);
            prepare();
        }
    }

    /** Sets up the inputs and the forecast of the next step. */
    private void prepare() {
        double noise = Math.max(errorScale.value(), LEAST_NOISE * usualChange);
        scale = noise > LEAST_SCALE ? noise : 0;
        int[] lags = settings.lags();
        double unit = scale > 0 ? 1 / scale : 0;
        boolean known = true;
        double change = 0;
        for (int index = 0; index < lags.length; index++) {
            int lag = lags[index];
            double input = history.has(lag) ? (history.at(lag) - reference) * unit : 0;
            known &= !history.has(lag) || !history.isFilled(lag);
            inputs[index] = input;
            change += input * regression.coefficient(index);
        }
        inputs[lags.length] = usualChange * unit;
        change += inputs[lags.length] * regression.coefficient(lags.length);
        teachable = known;
        next = bounds.clamp(history.at(1) + change * scale);
        if (Double.isNaN(next)) {
            regression.restart();
            next = history.at(1);
        }
    }

    @Override
    public double next() {
        return next;
    }

    @Override
    public void forecast(double[] mean) {
        double last = samples == 0 ? 0 : history.at(1);
        double share = 1;
        for (int step = 0; step < mean.length; step++) {
            double raw = last
                    + share * (step == 0 ? next - last : recursion.changeAfter(mean, step, reference, usualChange));
            double bounded = bounds.clamp(raw);
            share *= raw == bounded ? 1 : SHRINK_AT_BOUND;
            mean[step] = bounded;
            last = bounded;
        }
    }

    @Override
    public void errorGrowth(double[] factors) {
        recursion.writeGrowth(factors, scale > 0 ? Math.max(1, (bounds.high() - bounds.low()) / scale) : 1);
    }

    @Override
    public RecursiveAutoregression copy() {
        return new RecursiveAutoregression(this);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        settings.save(out);
        regression.save(out);
        history.save(out);
        errorScale.save(out);
        bounds.save(out);
        out.writeDouble(reference);
        out.writeDouble(usualChange);
        out.writeInt(samples);
    }

    /**
     * Returns the model that {@link #save} wrote.
     *
     * @param in stands at the version byte
     * @throws IOException if the input fails, ends early, or is of another version
     */
    public static RecursiveAutoregression load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        RecursiveAutoregression model = new RecursiveAutoregression(Settings.load(in));
        model.regression.restore(in);
        model.history.restore(in);
        model.errorScale.restore(in);
        model.bounds.restore(in);
        model.reference = Saved.finite(in, "reference");
        model.usualChange = Saved.magnitude(in, "usualChange");
        model.samples = Saved.between(in, "samples", 0, model.settings.memorySteps());
        if (model.samples > 0) {
            model.prepare();
        }
        return model;
    }

    /** Collects the settings. */
    public static final class Builder {

        private int[] lags = IntStream.rangeClosed(1, 12).toArray();
        private int memorySteps = DEFAULT_MEMORY_STEPS;
        private double shrinkage = DEFAULT_SHRINKAGE;
        private double outlierLimit = DEFAULT_OUTLIER_LIMIT;

        private Builder() {}

        /**
         * Sets the lags, default 1 to 12. A series with a season of m steps gains by m and m + 1.
         *
         * @param values 1 to 256 different lags in steps, each from 1 to 65 536, in any order; copied
         * @return this
         * @throws IllegalArgumentException if there are none or too many, or one is out of range or there twice
         */
        public Builder lags(int... values) {
            lags = Settings.checkedLags(values);
            return this;
        }

        /**
         * Sets over how many steps the coefficients forget, default {@value #DEFAULT_MEMORY_STEPS}: the weight of a sample falls
         * by 1 - 1/steps per step.
         *
         * @param steps at least 10
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder memorySteps(int steps) {
            memorySteps = Settings.checkedMemory(steps);
            return this;
        }

        /**
         * Sets how firmly the coefficients hold to the naive forecast, default {@value #DEFAULT_SHRINKAGE}: as firmly as if so
         * many samples, each one error scale away from the mean, had shown it.
         *
         * @param weight above 0, at most 1e6
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder shrinkage(double weight) {
            shrinkage = Settings.checkedShrinkage(weight);
            return this;
        }

        /**
         * Sets beyond how many recent mean absolute errors an error is an outlier, default {@value #DEFAULT_OUTLIER_LIMIT}.
         *
         * @param factor at least 1, infinity for none
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder outlierLimit(double factor) {
            outlierLimit = Settings.checkedLimit(factor);
            return this;
        }

        /** Returns a new model without samples. */
        public RecursiveAutoregression build() {
            return new RecursiveAutoregression(new Settings(lags, memorySteps, shrinkage, outlierLimit));
        }
    }
}
