package io.foreshard.forecast.series;

import io.foreshard.coreapi.EngineObserver;
import java.time.Duration;
import java.util.function.DoubleConsumer;

/**
 * Feeds a forecaster one sample per step from a live source, whatever the source does.
 *
 * <p>Samples carry any time in nanoseconds that moves on, of the wall clock or a monotonic one. Each goes to the nearest step and at
 * once to the sink. The grid follows a source whose period is a little off by a sixteenth of each deviation.
 * <ul>
 *   <li><em>Gaps</em> are told as {@link Double#NaN}, one per missing step, up to {@link Builder#maxGapSteps} per call.
 *   <li><em>Duplicates and late samples</em> are dropped.
 *   <li><em>Clock jumps</em> (a gap longer than that, or {@value #LATE_BEFORE_RESTART} late samples in a row) start the grid anew at the
 *       sample. With {@link Builder#seasonSteps} the sink is then moved to the same place of the season, else by one step.
 *   <li><em>Counters</em>: {@link #counter} turns readings into rates per second, exact over the time between two readings.
 *   <li><em>Saturation</em>: a sample at the capacity shows the cap and not the demand; a {@link Censoring} says what is fed.
 * </ul>
 *
 * <p>Confined to the thread that feeds; {@link #count} may be read on any. Allocates nothing. What the sink throws reaches the caller.
 */
public final class StreamIngest {

    /** Late samples in a row after which the clock counts as set back. */
    public static final int LATE_BEFORE_RESTART = 8;

    /** Default of the longest gap that is told step by step. */
    public static final int DEFAULT_MAX_GAP_STEPS = 4096;

    /** Default of the share of the capacity from which on a sample counts as saturated. */
    public static final double DEFAULT_SATURATED_SHARE = 0.98;

    private final DoubleConsumer sink;
    private final StreamGrid grid;
    private final double capacity;
    private final double saturatedFrom;
    private final Censoring censoring;
    private final CounterRate rate;
    private final ReasonTally tally;
    private boolean saturated;

    private StreamIngest(Builder builder) {
        sink = builder.sink;
        capacity = builder.capacity;
        saturatedFrom = builder.capacity * builder.saturatedShare;
        censoring = builder.censoring;
        rate = new CounterRate(builder.counterBits, builder.maxRatePerSecond, builder.rateScale);
        tally = new ReasonTally(builder.observer);
        grid = new StreamGrid(builder.stepNanos, builder.maxGapSteps, builder.seasonSteps, sink, tally);
    }

    /**
     * Returns a builder with the defaults: 64-bit counters, no capacity.
     *
     * @param step distance of the steps, above 0
     * @param sink is fed one value per step, {@link Double#NaN} for a step without one, such as {@code forecaster::update}
     * @throws IllegalArgumentException if the step is out of range
     */
    public static Builder builder(Duration step, DoubleConsumer sink) {
        return new Builder(Times.stepNanos(step), sink);
    }

    /**
     * Takes a sample of a level or a rate. Of a source that is sampled more often than the step, the first sample of each step
     * counts.
     *
     * @param timeNanos when it was measured
     * @param value the sample; NaN and infinities tell a step without one
     */
    public void sample(long timeNanos, double value) {
        if (grid.moveTo(timeNanos) != StreamGrid.Move.REFUSED) {
            tell(value);
        }
    }

    /**
     * Takes a reading of a counter and feeds its rate per second since the last reading that was not dropped. The first reading
     * only starts the grid.
     *
     * @param timeNanos when it was read
     * @param reading the counter, unsigned
     */
    public void counter(long timeNanos, long reading) {
        StreamGrid.Move move = grid.moveTo(timeNanos);
        if (move == StreamGrid.Move.REFUSED) {
            return;
        }
        if (!rate.started()) {
            rate.start(timeNanos, reading);
        } else if (move == StreamGrid.Move.RESTARTED) {
            // The clock jumped, so the time between the readings is not known.
            rate.start(timeNanos, reading);
            sink.accept(Double.NaN);
        } else {
            tellRate(rate.next(timeNanos, reading, tally));
        }
    }

    /**
     * Tells steps that ended a whole step ago without a sample, so that a silent source does not hold the forecaster up.
     *
     * @param nowNanos the time, of the clock that stamps the samples
     */
    public void advanceTo(long nowNanos) {
        grid.advanceTo(nowNanos);
    }

    /** Returns how often something was dropped, skipped or repaired. May be called on any thread. */
    public long count(IngestReason reason) {
        return tally.get(reason);
    }

    /** Returns whether the newest sample that was fed stood at the capacity. */
    public boolean saturated() {
        return saturated;
    }

    private void tell(double value) {
        if (!Double.isFinite(value)) {
            tally.count(IngestReason.NOT_A_NUMBER);
        }
        tellRate(value);
    }

    private void tellRate(double value) {
        saturated = value >= saturatedFrom && value < Double.POSITIVE_INFINITY;
        if (saturated) {
            tally.count(IngestReason.SATURATED);
        }
        double fed = saturated ? censoring.value(value, capacity) : value;
        sink.accept(Double.isFinite(fed) ? fed : Double.NaN);
    }

    /** Collects the settings of a {@link StreamIngest}. Each method checks its argument at once. */
    public static final class Builder {

        private final long stepNanos;
        private final DoubleConsumer sink;
        private int maxGapSteps = DEFAULT_MAX_GAP_STEPS;
        private int seasonSteps;
        private double capacity = Double.POSITIVE_INFINITY;
        private double saturatedShare = DEFAULT_SATURATED_SHARE;
        private Censoring censoring = Censoring.asMeasured();
        private int counterBits = Long.SIZE;
        private double maxRatePerSecond = Double.POSITIVE_INFINITY;
        private double rateScale = 1;
        private EngineObserver observer = EngineObserver.NOOP;

        private Builder(long stepNanos, DoubleConsumer sink) {
            this.stepNanos = stepNanos;
            this.sink = sink;
        }

        /**
         * Sets the longest gap that is told step by step, which also bounds the work of one call; default
         * {@value StreamIngest#DEFAULT_MAX_GAP_STEPS}.
         *
         * @param steps in [1, 1,000,000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxGapSteps(int steps) {
            maxGapSteps = inRange("maxGapSteps", steps, 1, 1_000_000);
            return this;
        }

        /**
         * Sets the season whose place is kept over a clock jump; default 0, no season.
         *
         * @param steps in [0, 1,000,000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder seasonSteps(int steps) {
            seasonSteps = inRange("seasonSteps", steps, 0, 1_000_000);
            return this;
        }

        /**
         * Sets what the source can show at most, in the unit of what is fed; default none.
         *
         * @param value above 0, finite
         * @param share the share of it from which on a sample counts as saturated, in (0, 1], such as
         *     {@value StreamIngest#DEFAULT_SATURATED_SHARE}
         * @param policy what is fed then
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder capacity(double value, double share, Censoring policy) {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("share: " + share + " (expected: in (0, 1])");
            }
            capacity = positive("capacity", value);
            saturatedShare = share;
            censoring = policy;
            return this;
        }

        /**
         * Sets the width of the counter, default 64 bits.
         *
         * @param bits 32 or 64
         * @return this
         * @throws IllegalArgumentException if neither
         */
        public Builder counterBits(int bits) {
            if (bits != Integer.SIZE && bits != Long.SIZE) {
                throw new IllegalArgumentException("counterBits: " + bits + " (expected: 32 or 64)");
            }
            counterBits = bits;
            return this;
        }

        /**
         * Sets how fast the counter can move, which tells a wrap from a restart of the device: the speed of the link with some
         * reserve. Without it a counter that seems to wrap by more than half its range has restarted.
         *
         * @param countsPerSecond above 0, finite
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxRatePerSecond(double countsPerSecond) {
            maxRatePerSecond = positive("maxRatePerSecond", countsPerSecond);
            return this;
        }

        /**
         * Sets what rates are multiplied by, such as 8 for bits from octets; default 1.
         *
         * @param factor above 0, finite
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder rateScale(double factor) {
            rateScale = positive("rateScale", factor);
            return this;
        }

        /**
         * Sets who is told of each count, default nobody.
         *
         * @param value is called on the thread that feeds
         * @return this
         */
        public Builder observer(EngineObserver value) {
            observer = value;
            return this;
        }

        /** Returns a new feed that has seen nothing. The builder can be used again. */
        public StreamIngest build() {
            return new StreamIngest(this);
        }

        private static int inRange(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + "…" + most + ")");
            }
            return value;
        }

        private static double positive(String name, double value) {
            if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: finite, > 0)");
            }
            return value;
        }
    }
}
