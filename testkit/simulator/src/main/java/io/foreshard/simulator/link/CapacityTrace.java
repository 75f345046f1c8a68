package io.foreshard.simulator.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast a bottleneck serves over time: a step function. The last step is held for ever, or the whole trace is repeated.
 *
 * @param steps in order of time, the first at 0, at least one; with some capacity in every period, or in the end when not repeated
 * @param periodNanos after how long the trace starts again, later than its last step; 0 to hold the last step
 */
public record CapacityTrace(List<Step> steps, long periodNanos) {

    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * One level of capacity, from its start to that of the next.
     *
     * @param startNanos when it begins, counted from the start of the link
     * @param bytesPerSecond the service rate; 0 is a standstill
     */
    public record Step(long startNanos, double bytesPerSecond) {

        /** Checks the values. */
        public Step {
            Checks.that(startNanos >= 0, "startNanos", startNanos, ">= 0");
            Checks.that(
                    bytesPerSecond >= 0 && Double.isFinite(bytesPerSecond),
                    "bytesPerSecond",
                    bytesPerSecond,
                    "finite, >= 0");
        }
    }

    /** Checks order and capacity. */
    public CapacityTrace {
        steps = List.copyOf(steps);
        Checks.that(!steps.isEmpty() && steps.get(0).startNanos() == 0, "steps", steps, "the first step at 0");
        for (int i = 1; i < steps.size(); i++) {
            Checks.that(
                    steps.get(i).startNanos() > steps.get(i - 1).startNanos(), "steps", steps, "rising start times");
        }
        Step last = steps.get(steps.size() - 1);
        Checks.that(
                periodNanos == 0 || periodNanos > last.startNanos(),
                "periodNanos",
                periodNanos,
                "0 or > " + last.startNanos());
        boolean serves = periodNanos == 0
                ? last.bytesPerSecond() > 0
                : steps.stream().anyMatch(step -> step.bytesPerSecond() > 0);
        Checks.that(serves, "steps", steps, "capacity above 0 in the end");
    }

    /**
     * A rate that never changes.
     *
     * @param bytesPerSecond above 0
     * @return the trace
     */
    public static CapacityTrace constant(double bytesPerSecond) {
        return new CapacityTrace(List.of(new Step(0, bytesPerSecond)), 0);
    }

    /**
     * Measured rates at a fixed interval, the last one held.
     *
     * @param interval the time between two values
     * @param bytesPerSecond the rates, the first one from 0 on
     * @return the trace
     */
    public static CapacityTrace sampled(Duration interval, double... bytesPerSecond) {
        return new CapacityTrace(stepsOf(interval, bytesPerSecond), 0);
    }

    /**
     * Measured rates at a fixed interval, from the beginning again after the last.
     *
     * @param interval the time between two values
     * @param bytesPerSecond the rates, the first one from 0 on
     * @return a trace without end
     */
    public static CapacityTrace repeated(Duration interval, double... bytesPerSecond) {
        return new CapacityTrace(stepsOf(interval, bytesPerSecond), interval.toNanos() * bytesPerSecond.length);
    }

    /**
     * Puts a congestion episode over this trace; afterwards the trace goes on as if nothing had been.
     *
     * @param start when the episode begins, counted from the start of the link
     * @param length how long it lasts
     * @param bytesPerSecond what is left of the capacity meanwhile
     * @return the trace with the episode
     */
    public CapacityTrace withEpisode(Duration start, Duration length, double bytesPerSecond) {
        return overlay(start, length, List.of(new Step(0, bytesPerSecond)));
    }

    /**
     * Puts an episode over this trace that builds up and fades in equal steps: what a forecaster can see coming.
     *
     * @param start when the capacity begins to fall, counted from the start of the link
     * @param slope how long it falls, and at the end how long it rises again
     * @param length how long it then stays at the bottom
     * @param bytesPerSecond the capacity at the bottom
     * @param stepCount how many steps make a slope, at least 1
     * @return the trace with the episode
     */
    public CapacityTrace withSlopedEpisode(
            Duration start, Duration slope, Duration length, double bytesPerSecond, int stepCount) {
        Checks.that(stepCount >= 1, "stepCount", stepCount, ">= 1");
        long slopeNanos = Checks.positiveNanos("slope", slope);
        long bottomEndNanos = slopeNanos + Checks.positiveNanos("length", length);
        double before = bytesPerSecondAt(start.toNanos());
        double after = bytesPerSecondAt(start.toNanos() + bottomEndNanos + slopeNanos);
        List<Step> episode = new ArrayList<>();
        for (int i = 0; i < stepCount; i++) {
            double share = (i + 1.0) / (stepCount + 1);
            episode.add(new Step(slopeNanos * i / stepCount, before + (bytesPerSecond - before) * share));
        }
        episode.add(new Step(slopeNanos, bytesPerSecond));
        for (int i = 0; i < stepCount; i++) {
            double share = (i + 1.0) / (stepCount + 1);
            episode.add(new Step(
                    bottomEndNanos + slopeNanos * i / stepCount, bytesPerSecond + (after - bytesPerSecond) * share));
        }
        return overlay(start, slope.multipliedBy(2).plus(length), episode);
    }

    /**
     * Returns the rate at an instant.
     *
     * @param sinceStartNanos counted from the start of the link, not negative
     * @return bytes per second
     */
    public double bytesPerSecondAt(long sinceStartNanos) {
        return steps.get(indexAt(phase(sinceStartNanos))).bytesPerSecond();
    }

    /**
     * Returns when a piece of work is done that is begun at an instant and served without a break.
     *
     * @param sinceStartNanos when it is begun, counted from the start of the link
     * @param bytes the work
     * @return when its last byte has been served, on the same clock
     */
    public long finishNanos(long sinceStartNanos, long bytes) {
        double left = bytes;
        long time = sinceStartNanos;
        while (true) {
            int index = indexAt(phase(time));
            double rate = steps.get(index).bytesPerSecond();
            long end = endOfStep(index, time);
            double served = end == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : rate * (end - time) / NANOS_PER_SECOND;
            if (rate > 0 && served >= left) {
                return time + (long) Math.ceil(left * NANOS_PER_SECOND / rate);
            }
            left -= served;
            time = end;
        }
    }

    private static List<Step> stepsOf(Duration interval, double... bytesPerSecond) {
        long intervalNanos = Checks.positiveNanos("interval", interval);
        List<Step> steps = new ArrayList<>(bytesPerSecond.length);
        for (int i = 0; i < bytesPerSecond.length; i++) {
            steps.add(new Step(i * intervalNanos, bytesPerSecond[i]));
        }
        return steps;
    }

    private CapacityTrace overlay(Duration start, Duration length, List<Step> episode) {
        long startNanos = Checks.nonNegativeNanos("start", start);
        long endNanos = startNanos + Checks.positiveNanos("length", length);
        Checks.that(periodNanos == 0 || endNanos < periodNanos, "length", length, "the episode inside one period");
        List<Step> merged = new ArrayList<>();
        steps.stream().filter(step -> step.startNanos() < startNanos).forEach(merged::add);
        episode.forEach(step -> merged.add(new Step(startNanos + step.startNanos(), step.bytesPerSecond())));
        merged.add(new Step(endNanos, bytesPerSecondAt(endNanos)));
        steps.stream().filter(step -> step.startNanos() > endNanos).forEach(merged::add);
        return new CapacityTrace(merged, periodNanos);
    }

    private long phase(long sinceStartNanos) {
        return periodNanos == 0 ? sinceStartNanos : sinceStartNanos % periodNanos;
    }

    private long endOfStep(int index, long time) {
        boolean last = index == steps.size() - 1;
        if (last && periodNanos == 0) {
            return Long.MAX_VALUE;
        }
        long end = last ? periodNanos : steps.get(index + 1).startNanos();
        return time - phase(time) + end;
    }

    private int indexAt(long phaseNanos) {
        int low = 0;
        int high = steps.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (steps.get(middle).startNanos() <= phaseNanos) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
