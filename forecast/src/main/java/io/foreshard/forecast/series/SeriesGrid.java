package io.foreshard.forecast.series;

import java.time.Duration;
import java.util.Arrays;

/**
 * Collects stamped samples in any order and puts them on a regular grid.
 *
 * <ul>
 *   <li><em>Step</em>: given, or the median distance of the stamps. When the distances vary, a median within 1 % of a round step
 *       (1, 2, 5, 10, 15, 20 or 30 of a unit) is taken as that.
 *   <li><em>Phase</em>: the one that most stamps have, else their circular mean; each sample goes to the nearest step.
 *   <li><em>Jumps</em>: a gap longer than {@link Builder#maxGapSteps} means that the clock jumped: the stretch with most of the
 *       samples is kept, the others are dropped and counted. So a stamp that is years off costs no memory.
 * </ul>
 *
 * <p>Confined to one thread. Memory is 16 bytes per sample until {@link #toSeries()}, which takes about as much again plus 8 bytes
 * per step.
 */
public final class SeriesGrid {

    /** Most samples that one grid takes by default. */
    public static final int DEFAULT_MAX_SAMPLES = 10_000_000;

    private static final int DEFAULT_MIN_GAP_STEPS = 1000;

    private final long givenStepNanos;
    private final long maxGapSteps;
    private final int maxSamples;
    private final Duplicates duplicates;
    private long[] times = new long[64];
    private double[] values = new double[64];
    private int size;
    private int unordered;
    private int notNumbers;

    private SeriesGrid(Builder builder) {
        givenStepNanos = builder.stepNanos;
        maxGapSteps = builder.maxGapSteps;
        maxSamples = builder.maxSamples;
        duplicates = builder.duplicates;
    }

    /** Returns a builder with the defaults: step inferred, duplicates averaged. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Adds a sample.
     *
     * @param timeNanos its time, in nanoseconds since the epoch
     * @param value the sample; NaN and infinities count as missing
     * @throws IllegalArgumentException if the time lies outside the years 1824 to 2116 or there are too many samples
     */
    public void add(long timeNanos, double value) {
        Times.requireInRange("timeNanos", timeNanos);
        if (size == maxSamples) {
            throw new IllegalArgumentException("samples: more than " + maxSamples + " (expected: at most maxSamples)");
        }
        if (size == times.length) {
            int larger = (int) Math.min(maxSamples, 2L * size);
            times = Arrays.copyOf(times, larger);
            values = Arrays.copyOf(values, larger);
        }
        unordered += size > 0 && timeNanos < times[size - 1] ? 1 : 0;
        notNumbers += Double.isFinite(value) ? 0 : 1;
        times[size] = timeNanos;
        values[size++] = value;
    }

    /** Returns how many samples were added. */
    public int samples() {
        return size;
    }

    /**
     * Puts the samples on the grid. More samples may be added afterwards.
     *
     * @return the series and what was repaired
     * @throws IllegalArgumentException if there is no sample, if the step is to be inferred and there are no two distinct times, or
     *     if jumps leave no stretch with at least half of the samples
     */
    public GriddedSeries toSeries() {
        if (size == 0) {
            throw new IllegalArgumentException("samples: none (expected: at least 1)");
        }
        StampedSamples sorted = StampedSamples.sorted(times, values, size);
        long stepNanos = givenStepNanos > 0 ? givenStepNanos : GridInference.stepNanos(sorted.times());
        Stretch stretch = Stretch.longest(sorted.times(), stepNanos, longestGap());
        if (2L * stretch.length() < size) {
            throw new IllegalArgumentException("times: " + stretch.jumps() + " jumps of more than " + longestGap()
                    + " steps of " + Duration.ofNanos(stepNanos)
                    + " (expected: one stretch with half of the samples, another step or a larger maxGapSteps)");
        }
        return place(sorted, stretch, stepNanos);
    }

    private long longestGap() {
        return maxGapSteps > 0 ? maxGapSteps : Math.max(DEFAULT_MIN_GAP_STEPS, size);
    }

    private GriddedSeries place(StampedSamples sorted, Stretch stretch, long stepNanos) {
        long phase = GridInference.phaseNanos(sorted.times(), stretch, stepNanos);
        GridPlacement placement = new GridPlacement(sorted, stretch, phase, stepNanos, duplicates);
        RegularSeries series = placement.series();
        IngestReport report = new IngestReport(
                size,
                givenStepNanos == 0,
                unordered,
                placement.duplicates(),
                notNumbers,
                placement.shifted(),
                stretch.jumps(),
                size - stretch.length(),
                series.missing());
        return new GriddedSeries(series, report);
    }

    /** Collects the settings of a {@link SeriesGrid}. Each method checks its argument at once. */
    public static final class Builder {

        private long stepNanos;
        private long maxGapSteps;
        private int maxSamples = DEFAULT_MAX_SAMPLES;
        private Duplicates duplicates = Duplicates.MEAN;

        private Builder() {}

        /**
         * Sets the step instead of inferring it.
         *
         * @param step above 0
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder step(Duration step) {
            stepNanos = Times.stepNanos(step);
            return this;
        }

        /**
         * Sets what a step gets into which several samples fall, default {@link Duplicates#MEAN}, which does not depend on the order
         * of the samples.
         *
         * @param policy mean or last
         * @return this
         */
        public Builder duplicates(Duplicates policy) {
            duplicates = policy;
            return this;
        }

        /**
         * Sets the longest gap that is filled with missing steps; the default is as many steps as there are samples, at least 1000.
         *
         * @param steps in [1, 20,000,000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxGapSteps(int steps) {
            if (steps < 1 || steps > 20_000_000) {
                throw new IllegalArgumentException("maxGapSteps: " + steps + " (expected: 1…20000000)");
            }
            maxGapSteps = steps;
            return this;
        }

        /**
         * Sets how many samples are taken at most, default {@value SeriesGrid#DEFAULT_MAX_SAMPLES}.
         *
         * @param samples in [1, 100,000,000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxSamples(int samples) {
            if (samples < 1 || samples > 100_000_000) {
                throw new IllegalArgumentException("maxSamples: " + samples + " (expected: 1…100000000)");
            }
            maxSamples = samples;
            return this;
        }

        Builder copy() {
            Builder copy = new Builder();
            copy.stepNanos = stepNanos;
            copy.maxGapSteps = maxGapSteps;
            copy.maxSamples = maxSamples;
            copy.duplicates = duplicates;
            return copy;
        }

        /** Returns a new grid without samples. The builder can be used again. */
        public SeriesGrid build() {
            return new SeriesGrid(this);
        }
    }
}
