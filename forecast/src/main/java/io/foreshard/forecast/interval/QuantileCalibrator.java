package io.foreshard.forecast.interval;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Learns online how far samples fall from the point forecasts of any model, at every horizon, and puts quantiles around them.
 *
 * <p>Each level follows the errors by its own linear quantile regression on measures of their recent size and of the height of the
 * forecast, so bands may be asymmetric and widen with the traffic. Its step is a gradient of the pinball loss that keeps the share of
 * samples below a quantile at its level on any series, however the errors change (adaptive conformal inference, Gibbs and Candès
 * 2021; conformal PID control, Angelopoulos, Candès and Tibshirani 2023).
 * <ul>
 *   <li><em>Horizons</em>: the next step is learnt from every sample. Farther ones are learnt at 2, 4, 8, … and the last, each from
 *       a forecast kept every 8 to 11 steps until its outcome is known; steps between are interpolated, and steps beyond follow the
 *       model's {@linkplain StreamingModel#errorGrowth growth}. A horizon with few outcomes leans on that growth too.
 *   <li><em>Gaps</em>: forecasts made across missing samples teach nothing; the quantiles widen with the length of the gap.
 *   <li><em>The model may change</em> at any step: errors go on from the old one's.
 *   <li><em>Ignorance</em>: until the series has changed, or been the same for 40 samples, the band is as wide as if its magnitude were
 *       its standard deviation.
 *   <li><em>Order</em>: levels are nested from the outermost inwards, so the outermost pair stays as learnt and keeps its coverage.
 *   <li><em>Atoms</em>: where many samples have exactly the same value, such as 0, quantiles there wander about it, which keeps the
 *       share below them at its level. With {@link Builder#nonNegative} they rest at 0, and the band covers more than its share.
 * </ul>
 *
 * <p>Confined to one thread at a time. {@link #update}, {@link #skip} and {@link #write} allocate nothing; the memory is fixed. The
 * same samples and models give the same quantiles, bit for bit.
 */
public final class QuantileCalibrator {

    /** Default number of steps ahead up to which errors are learnt. */
    public static final int DEFAULT_MAX_HORIZON_STEPS = 24;

    private static final int VERSION = 1;
    private static final double FAST_GAIN = 0.25;
    private static final int LEAST_ISSUE_GAP = 8;
    private static final int TRUSTED_OUTCOMES = 16;
    /** So many equal samples in a row, and the next differs with a chance below the 2.5 % of an outermost quantile (Laplace). */
    private static final int CERTAIN_OUTCOMES = 39;

    private static final double WIDENING = 1;
    /** Longer gaps count as this long: quantiles stopped to widen long before. */
    private static final int MAX_GAP = 1 << 20;

    private final CalibratorSettings settings;
    private final HorizonErrors[] horizons;
    /** The step at which the oldest open forecast of each horizon meets its outcome: in one place, for caches that are cold. */
    private final double[] dues;

    private final double[] path;
    private final HistoryRange range = new HistoryRange(WIDENING);
    private final CoverageMonitor coverage = new CoverageMonitor();

    private long now;
    private long nextPath;
    private int gap;
    private boolean started;
    private double fast;

    private QuantileCalibrator(CalibratorSettings settings) {
        this.settings = settings;
        int[] grid = settings.grid();
        float[] steps = settings.relativeSteps();
        horizons = new HorizonErrors[grid.length];
        for (int index = 0; index < grid.length; index++) {
            int slots = (grid[index] + LEAST_ISSUE_GAP - 1) / LEAST_ISSUE_GAP;
            horizons[index] = new HorizonErrors(grid[index], slots, settings.levels(), steps);
        }
        dues = new double[grid.length];
        Arrays.fill(dues, Double.POSITIVE_INFINITY);
        path = new double[settings.maxHorizonSteps()];
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a copy of the quantile levels, ascending. */
    public double[] levels() {
        return settings.levels().clone();
    }

    /** Returns the number of quantile levels, the rows that {@link #write} fills. */
    public int levelCount() {
        return settings.levels().length;
    }

    /**
     * Takes the sample of the next step: scores the forecasts that were made for it, moves the model on, and keeps what the model now
     * forecasts.
     *
     * @param sample finite, of a magnitude up to 1e300
     * @param model the model whose {@link StreamingModel#next} forecast this sample, or its successor; moved on by this call
     */
    public void update(double sample, StreamingModel model) {
        learn(sample);
        model.update(sample);
        issue(model);
    }

    /**
     * Moves one step ahead without a sample, and the model with it.
     *
     * @param model moved on by this call
     */
    public void skip(StreamingModel model) {
        now++;
        gap = Math.min(gap + 1, MAX_GAP);
        for (int index = 0; index < horizons.length; index++) {
            if (dues[index] == now) {
                horizons[index].drop();
                dues[index] = horizons[index].due();
            }
        }
        model.skip();
    }

    private void learn(double sample) {
        now++;
        if (started) {
            range.include(sample);
        } else {
            range.start(sample);
            started = true;
        }
        gap = 0;
        if (dues[0] == now) {
            learnNextStep(sample);
        }
        for (int index = 1; index < horizons.length; index++) {
            if (dues[index] == now) {
                horizons[index].settle(sample, range.low(), settings.floor());
                dues[index] = horizons[index].due();
            }
        }
    }

    private void learnNextStep(double sample) {
        HorizonErrors next = horizons[0];
        int last = levelCount() - 1;
        if (last > 0 && next.outcomes() >= HorizonErrors.LEAST_OUTCOMES) {
            double one = Math.max(settings.floor(), next.dueQuantile(0));
            double other = Math.max(settings.floor(), next.dueQuantile(last));
            coverage.score(sample >= Math.min(one, other) && sample <= Math.max(one, other));
        }
        double error = next.settle(sample, range.low(), settings.floor());
        fast += (Math.abs(error) - fast) * Math.max(FAST_GAIN, 1.0 / next.outcomes());
    }

    private void issue(StreamingModel model) {
        if (now < nextPath || horizons.length == 1) {
            keep(0, model.next());
            return;
        }
        model.forecast(path);
        for (int index = 0; index < horizons.length; index++) {
            keep(index, path[horizons[index].horizon() - 1]);
        }
        nextPath = now + LEAST_ISSUE_GAP + (mixed(now) & 3);
    }

    /** Gaps that follow no pattern, lest forecasts be kept at the same phase of a season over and over (Steele et al. 2014). */
    private static long mixed(long step) {
        long bits = (step ^ (step >>> 30)) * 0xbf58476d1ce4e5b9L;
        return (bits ^ (bits >>> 27)) >>> 33;
    }

    private void keep(int index, double mean) {
        double most = CalibratorSettings.MAX_MAGNITUDE;
        double kept = Double.isNaN(mean) ? range.high() : Math.max(-most, Math.min(most, mean));
        horizons[index].issue((double) now, kept, fast, range.low());
        dues[index] = horizons[index].due();
    }

    /**
     * Writes the quantiles of the next steps around their means.
     *
     * @param mean the means of the model's forecasts, the next step first; any length
     * @param growth the growth of the error as of {@link StreamingModel#errorGrowth}, as long as {@code mean}
     * @param quantiles receives a row per level, each as long as {@code mean}; every column ascends. They equal the mean until
     *     there are errors to learn from
     */
    public void write(double[] mean, double[] growth, double[][] quantiles) {
        boolean certain = !hasOnlySeenOneValue();
        for (int step = 0; step < mean.length; step++) {
            for (int row = 0; row < quantiles.length; row++) {
                double offset =
                        certain ? offset(row, step, mean, growth) : settings.deviations()[row] * Math.abs(range.high());
                quantiles[row][step] = Math.max(settings.floor(), mean[step] + offset);
            }
            nest(quantiles, step);
        }
    }

    /**
     * Keeps quantiles within the range of history, widened on each side by its width; leaves them while only one value was seen.
     *
     * @param quantiles as {@link #write} has filled them, changed in place
     */
    public void bound(double[][] quantiles) {
        if (hasOnlySeenOneValue()) {
            return;
        }
        for (double[] row : quantiles) {
            for (int step = 0; step < row.length; step++) {
                row[step] = Math.max(settings.floor(), range.clamp(row[step]));
            }
        }
    }

    /** One value seen a few times says nothing of how far others may lie: its own magnitude is all there is to go by. */
    private boolean hasOnlySeenOneValue() {
        return range.low() == range.high() && horizons[0].outcomes() < CERTAIN_OUTCOMES;
    }

    /** Puts the levels in order from the outermost inwards, which leaves the outermost pair, whose coverage counts, as learnt. */
    private static void nest(double[][] quantiles, int step) {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (int row = 0, mirror = quantiles.length - 1; row <= mirror; row++, mirror--) {
            double one = Math.max(low, Math.min(high, quantiles[row][step]));
            double other = Math.max(low, Math.min(high, quantiles[mirror][step]));
            low = Math.min(one, other);
            high = Math.max(one, other);
            quantiles[row][step] = low;
            quantiles[mirror][step] = high;
        }
    }

    private double offset(int row, int step, double[] mean, double[] growth) {
        int ahead = step + 1 + gap;
        double prior = offset(nearest(), row, mean[step]) * growth[step];
        int above = 0;
        while (above < horizons.length && horizons[above].horizon() < ahead) {
            above++;
        }
        if (above == horizons.length) {
            return beyond(row, step, mean[step], growth, prior);
        }
        double upper = learnt(above, row, mean[step], prior);
        if (horizons[above].horizon() == ahead) {
            return upper;
        }
        double lower = learnt(above - 1, row, mean[step], prior);
        double width = horizons[above].horizon() - horizons[above - 1].horizon();
        return upper + (lower - upper) * ((horizons[above].horizon() - ahead) / width);
    }

    private double beyond(int row, int step, double mean, double[] growth, double prior) {
        int last = horizons.length - 1;
        double from = growth[Math.min(step, horizons[last].horizon() - 1)];
        return learnt(last, row, mean, prior) * Math.max(1, growth[step] / from);
    }

    private double learnt(int index, int row, double mean, double prior) {
        if (index == 0) {
            return offset(nearest(), row, mean);
        }
        double trust = Math.min(1, (double) horizons[index].outcomes() / TRUSTED_OUTCOMES);
        return prior + trust * (offset(index, row, mean) - prior);
    }

    /** The nearest horizon that has an outcome: of a series whose every other step is missing, the next step never has one. */
    private int nearest() {
        int index = 0;
        while (index < horizons.length && horizons[index].outcomes() == 0) {
            index++;
        }
        return index == horizons.length ? 0 : index;
    }

    private double offset(int index, int row, double mean) {
        return horizons[index].offset(row, mean, fast, range.low());
    }

    /** The error of the next step's forecast with this mean at a level in (0, 1]. */
    double errorAt(double level, double mean) {
        int nearest = nearest();
        return ErrorCurve.at(level, settings.levels(), row -> offset(nearest, row, mean));
    }

    HistoryRange history() {
        return range;
    }

    double floor() {
        return settings.floor();
    }

    /** Returns how often the next sample fell between the outermost quantiles; all 0 and unknown with fewer than two levels. */
    public Coverage coverage() {
        return coverage.coverage(settings.nominal());
    }

    /**
     * Writes settings and state.
     *
     * @param out receives a version byte first
     * @throws IOException if the output fails
     */
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        settings.save(out);
        out.writeLong(now);
        out.writeLong(nextPath);
        out.writeInt(gap);
        out.writeBoolean(started);
        out.writeDouble(fast);
        range.save(out);
        coverage.save(out);
        for (HorizonErrors horizon : horizons) {
            horizon.save(out);
        }
    }

    /**
     * Reads what {@link #save} wrote; the calibrator goes on bit for bit.
     *
     * @param in stands before the version byte
     * @throws IOException if the input fails or holds something else
     */
    public static QuantileCalibrator load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        QuantileCalibrator loaded = new QuantileCalibrator(CalibratorSettings.load(in));
        loaded.now = Saved.count(in, "now");
        loaded.nextPath = Saved.count(in, "nextPath");
        loaded.gap = Saved.between(in, "gap", 0, MAX_GAP);
        loaded.started = in.readBoolean();
        loaded.fast = Math.abs(Saved.moderate(in, "fast"));
        loaded.range.restore(in);
        loaded.coverage.restore(in);
        for (int index = 0; index < loaded.horizons.length; index++) {
            loaded.horizons[index].restore(in);
            loaded.dues[index] = loaded.horizons[index].due();
        }
        return loaded;
    }

    /** Collects the settings of a {@link QuantileCalibrator}. Each method checks its argument at once. */
    public static final class Builder {

        private CalibratorSettings settings = CalibratorSettings.DEFAULT;

        private Builder() {}

        /**
         * Sets the quantile levels, default 0.025, 0.05, 0.1, 0.25, 0.5 and their mirror images.
         *
         * @param values strictly ascending within (0, 1), at most 99, may be empty; copied
         * @return this
         * @throws IllegalArgumentException if not ascending, out of range or too many
         */
        public Builder levels(double... values) {
            settings = settings.withLevels(values);
            return this;
        }

        /**
         * Sets up to how many steps ahead errors are learnt, default {@value #DEFAULT_MAX_HORIZON_STEPS}.
         *
         * @param value in 1…4096
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxHorizonSteps(int value) {
            settings = settings.withMaxHorizonSteps(value);
            return this;
        }

        /**
         * Sets whether the series cannot be negative: then no quantile is; default false.
         *
         * @param value true to hold quantiles at 0 or above
         * @return this
         */
        public Builder nonNegative(boolean value) {
            settings = settings.withNonNegative(value);
            return this;
        }

        /** Returns a new calibrator that has seen no sample. The builder can be used again. */
        public QuantileCalibrator build() {
            return new QuantileCalibrator(settings);
        }
    }
}
