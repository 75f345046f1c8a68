package io.foreshard.telemetry;

import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Samples that come when they come, resampled into steps of one length, the newest of which are kept: what a
 * {@link io.foreshard.coreapi.Forecaster} is fed with. The value of a step is the mean of its samples; steps without a sample are
 * bridged evenly when the samples around them are close enough to differ by jitter alone, and are NaN otherwise.
 *
 * <p>A sample far ahead of all others starts the series anew, as its clock jumped; one that is too old for the steps kept, or for a
 * step that was bridged already, is not taken; the eighth such in a row starts the series anew, as the clock was set back. Thread-safe; memory is fixed.
 */
public final class FixedStepSeries {

    private static final int LONGEST = 1 << 24;
    private static final Duration SHORTEST_STEP = Duration.ofNanos(1_000);
    private static final Duration LONGEST_STEP = Duration.ofDays(366);
    // How far apart samples on a grid may be when each of them comes up to a quarter of a step early or late.
    private static final double DEFAULT_BRIDGE_STEPS = 1.5;
    // So many samples from the past, one after the other, mean that the clock was set back.
    private static final int LATE_BEFORE_RESTART = 8;

    private final long stepNanos;
    private final long bridgeNanos;
    private final double[] sums;
    private final int[] counts;
    private boolean empty = true;
    private long firstStep;
    private long newestStep;
    private long newestNanos;
    private double newestValue;
    private int lateInARow;

    /**
     * Makes an empty series that bridges samples up to one and a half steps apart, at most 366 days.
     *
     * @param step length of a step, 1 µs … 366 days
     * @param capacity how many steps are kept, 2…16 777 216; memory is 12 bytes each
     * @throws IllegalArgumentException if a value is outside its range
     */
    public FixedStepSeries(Duration step, int capacity) {
        this(step, capacity, defaultBridge(step));
    }

    /**
     * Makes an empty series.
     *
     * @param step length of a step, 1 µs … 366 days
     * @param capacity how many steps are kept, 2…16 777 216; memory is 12 bytes each
     * @param bridge samples up to this far apart have no gap between them, at least 0
     * @throws IllegalArgumentException if a value is outside its range
     */
    public FixedStepSeries(Duration step, int capacity, Duration bridge) {
        stepNanos = Checks.duration("step", step, SHORTEST_STEP, LONGEST_STEP);
        bridgeNanos = Checks.duration("bridge", bridge, Duration.ZERO, LONGEST_STEP);
        Checks.inRange("capacity", capacity, 2, LONGEST);
        sums = new double[capacity];
        counts = new int[capacity];
    }

    private static Duration defaultBridge(Duration step) {
        double stepNanos = (double) Checks.duration("step", step, SHORTEST_STEP, LONGEST_STEP);
        return Duration.ofNanos((long) Math.min((double) LONGEST_STEP.toNanos(), DEFAULT_BRIDGE_STEPS * stepNanos));
    }

    /**
     * Takes a sample.
     *
     * @param timeNanos its time, on any clock in nanoseconds
     * @param value its value; NaN and infinities are not taken
     * @return whether it was taken
     */
    public synchronized boolean add(long timeNanos, double value) {
        if (!Double.isFinite(value)) {
            return false;
        }
        long step = Math.floorDiv(timeNanos, stepNanos);
        if (empty || step - newestStep >= counts.length) {
            restart(step);
        } else if (step > newestStep) {
            advance(step, timeNanos, value);
        } else if (step < firstKept()) {
            if (++lateInARow < LATE_BEFORE_RESTART) {
                return false;
            }
            restart(step);
        } else if (isBridged(step)) {
            return false;
        }
        lateInARow = 0;
        put(step, value);
        if (step == newestStep) {
            newestNanos = timeNanos;
            newestValue = value;
        }
        return true;
    }

    /** {@return the length of a step in nanoseconds} */
    public long stepNanos() {
        return stepNanos;
    }

    /** {@return how many steps are kept at most} */
    public int capacity() {
        return counts.length;
    }

    /** {@return when the newest step with a sample begins, on the clock of the samples; empty before the first sample} */
    public synchronized OptionalLong newestStepNanos() {
        return empty ? OptionalLong.empty() : OptionalLong.of(newestStep * stepNanos);
    }

    /**
     * {@return the steps that were over at a time, oldest first, each of {@link #stepNanos}; NaN where nothing is known} The array is
     * the caller's; it is empty before the first step is over and never longer than the capacity.
     *
     * @param nowNanos the time, on the clock of the samples
     */
    public synchronized double[] values(long nowNanos) {
        long end = Math.floorDiv(nowNanos, stepNanos);
        if (empty || end <= firstStep) {
            return new double[0];
        }
        long begin = Math.max(firstStep, end - counts.length);
        double[] values = new double[(int) (end - begin)];
        Arrays.setAll(values, at -> value(begin + at));
        return values;
    }

    private double value(long step) {
        boolean kept = step >= firstKept() && step <= newestStep;
        int count = kept ? counts[slot(step)] : 0;
        return count == 0 ? Double.NaN : sums[slot(step)] / Math.abs(count);
    }

    private void restart(long step) {
        empty = false;
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
        firstStep = step;
        newestStep = step;
    }

    private void advance(long step, long timeNanos, double value) {
        boolean bridged = timeNanos - newestNanos <= bridgeNanos;
        for (long between = newestStep + 1; between < step; between++) {
            clear(between);
            if (bridged) {
                double share = (double) (between - newestStep) / (step - newestStep);
                sums[slot(between)] = newestValue + share * (value - newestValue);
                // Negative: told apart from samples, which a bridge must not be mixed with.
                counts[slot(between)] = -1;
            }
        }
        clear(step);
        newestStep = step;
    }

    private void put(long step, double value) {
        int slot = slot(step);
        if (counts[slot] < Integer.MAX_VALUE) {
            sums[slot] += value;
            counts[slot]++;
        }
    }

    private void clear(long step) {
        sums[slot(step)] = 0;
        counts[slot(step)] = 0;
    }

    private boolean isBridged(long step) {
        return counts[slot(step)] < 0;
    }

    private long firstKept() {
        return Math.max(firstStep, newestStep - counts.length + 1);
    }

    private int slot(long step) {
        return (int) Math.floorMod(step, (long) counts.length);
    }
}
