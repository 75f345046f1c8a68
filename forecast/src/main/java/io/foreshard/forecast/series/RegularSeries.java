package io.foreshard.forecast.series;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Samples at a fixed step, {@link Double#NaN} where a step has none. Immutable, safe for any thread.
 *
 * <p>Times are nanoseconds since the Unix epoch; each sample stands for the step that begins at its time.
 */
public final class RegularSeries {

    private final long startNanos;
    private final long stepNanos;
    private final double[] values;

    private RegularSeries(long startNanos, long stepNanos, double[] ownedValues) {
        this.startNanos = startNanos;
        this.stepNanos = stepNanos;
        values = ownedValues;
    }

    /**
     * Makes a series.
     *
     * @param start time of the first sample
     * @param step distance of the samples, above 0
     * @param values the samples, may be empty; copied, infinities become {@link Double#NaN}
     * @return the series
     * @throws IllegalArgumentException if the step is not positive or a time lies outside the years 1824 to 2116
     */
    public static RegularSeries of(Instant start, Duration step, double... values) {
        return of(Times.nanos("start", start), Times.stepNanos(step), values);
    }

    /**
     * Makes a series.
     *
     * @param startNanos time of the first sample, in nanoseconds since the epoch
     * @param stepNanos distance of the samples, above 0
     * @param values the samples, may be empty; copied, infinities become {@link Double#NaN}
     * @return the series
     * @throws IllegalArgumentException if the step is not positive or a time lies outside the years 1824 to 2116
     */
    public static RegularSeries of(long startNanos, long stepNanos, double... values) {
        if (stepNanos <= 0) {
            throw new IllegalArgumentException("stepNanos: " + stepNanos + " (expected: > 0)");
        }
        Times.requireInRange("startNanos", startNanos);
        if (values.length > 1 && (Times.MAX_NANOS - startNanos) / stepNanos < values.length - 1) {
            throw new IllegalArgumentException("values: " + values.length + " steps of " + Duration.ofNanos(stepNanos)
                    + " (expected: to end before the year 2116)");
        }
        return owning(startNanos, stepNanos, finiteCopy(values));
    }

    static RegularSeries owning(long startNanos, long stepNanos, double[] values) {
        return new RegularSeries(startNanos, stepNanos, values);
    }

    private static double[] finiteCopy(double[] values) {
        double[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = Double.isFinite(copy[i]) ? copy[i] : Double.NaN;
        }
        return copy;
    }

    /** Returns the number of steps, those without a sample included. */
    public int length() {
        return values.length;
    }

    /**
     * Returns a sample.
     *
     * @param index 0 for the first step
     * @return the sample, or {@link Double#NaN} when the step has none
     */
    public double value(int index) {
        return values[index];
    }

    /** Returns a copy of the samples, {@link Double#NaN} where a step has none. */
    public double[] values() {
        return values.clone();
    }

    /** Returns the time of the first step, in nanoseconds since the epoch. */
    public long startNanos() {
        return startNanos;
    }

    /** Returns the distance of the steps in nanoseconds. */
    public long stepNanos() {
        return stepNanos;
    }

    /** Returns the time of the first step. */
    public Instant start() {
        return time(0);
    }

    /** Returns the distance of the steps. */
    public Duration step() {
        return Duration.ofNanos(stepNanos);
    }

    /**
     * Returns the time of a step, also of one after the last, as for forecasts.
     *
     * @param index 0 for the first step
     */
    public Instant time(int index) {
        return Times.instant(startNanos).plus(Duration.ofNanos(stepNanos).multipliedBy(index));
    }

    /** Returns how many steps have no sample. */
    public int missing() {
        int count = 0;
        for (double value : values) {
            count += Double.isNaN(value) ? 1 : 0;
        }
        return count;
    }

    /**
     * Returns a stretch of this series.
     *
     * @param from index of the first step
     * @param to index after the last step, at least {@code from}
     * @throws IllegalArgumentException if the stretch leaves the series
     */
    public RegularSeries slice(int from, int to) {
        if (from < 0 || to < from || to > values.length) {
            throw new IllegalArgumentException(
                    "slice: " + from + "…" + to + " (expected: ascending within 0…" + values.length + ")");
        }
        return owning(startNanos + from * stepNanos, stepNanos, Arrays.copyOfRange(values, from, to));
    }

    /**
     * Joins groups of steps, from the first one on; an incomplete group at the end is left out. A group of which more than half is
     * missing is missing.
     *
     * @param factor number of steps that become one, at least 1
     * @param how whether samples add up or are averaged
     * @return a series with a step {@code factor} times as long
     * @throws IllegalArgumentException if the factor is below 1 or the step becomes longer than 292 years
     */
    public RegularSeries aggregate(int factor, Aggregation how) {
        if (factor < 1 || Long.MAX_VALUE / stepNanos < factor) {
            throw new IllegalArgumentException(
                    "factor: " + factor + " (expected: 1…" + Long.MAX_VALUE / stepNanos + ")");
        }
        double[] joined = new double[values.length / factor];
        for (int group = 0; group < joined.length; group++) {
            joined[group] = joined(group * factor, factor, how);
        }
        return owning(startNanos, stepNanos * factor, joined);
    }

    private double joined(int from, int factor, Aggregation how) {
        double sum = 0;
        int present = 0;
        for (int i = from; i < from + factor; i++) {
            if (!Double.isNaN(values[i])) {
                sum += values[i];
                present++;
            }
        }
        double joined = how.of(sum, present, factor);
        return Double.isInfinite(joined) ? Double.NaN : joined;
    }

    /**
     * Returns this series with a value in every step that has no sample, as 0 where a log tells of events only.
     *
     * @param value finite
     * @throws IllegalArgumentException if the value is not finite
     */
    public RegularSeries withMissingAs(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value: " + value + " (expected: finite)");
        }
        double[] filled = values.clone();
        for (int i = 0; i < filled.length; i++) {
            filled[i] = Double.isNaN(filled[i]) ? value : filled[i];
        }
        return owning(startNanos, stepNanos, filled);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegularSeries series
                && series.startNanos == startNanos
                && series.stepNanos == stepNanos
                && Arrays.equals(series.values, values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values) + 31 * Long.hashCode(startNanos) + 17 * Long.hashCode(stepNanos);
    }

    @Override
    public String toString() {
        return values.length + " steps of " + step() + " from " + start() + ", " + missing() + " missing";
    }
}
