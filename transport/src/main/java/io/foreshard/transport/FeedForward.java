package io.foreshard.transport;

import io.foreshard.runtime.SkillGate;

/**
 * What the forecast says of the capacity at each planning interval, past ones included, while the gate lets it decide: the yardstick by
 * which the rate controller measures what it sees. Confined to one event loop.
 *
 * <p>Feedback is a round trip old. Divided by what was expected for then and multiplied by what is expected for now, it becomes what
 * feedback will show (the idea of Smith's predictor, Chem. Eng. Prog. 53, 1957): the controller's filters and corrections work on the
 * ratio of capacity to forecast, and a forecast that is wrong is corrected like a path that has changed. Without a forecast there is
 * {@link #NO_YARDSTICK}, and nothing changes.
 */
final class FeedForward {

    /** Stands for the absence of an expectation. */
    static final long NO_YARDSTICK = 0;

    private static final int STEPS = 64;
    private static final int MOST_SETTLING_STEPS = 50;
    /** A bottleneck that is expected to stand still is still tried with this share of the most expected. */
    private static final double LEAST_SHARE = 0.02;
    /** Changes below this ratio are left to feedback. */
    private static final double NOTABLE_CHANGE = 1.25;

    private final SkillGate gate;
    private final long[] expected = new long[STEPS];
    /** The step that an entry of {@link #expected} is of, plus one. */
    private final long[] stepOf = new long[STEPS];

    private CapacityGuide guide = CapacityGuide.NONE;
    private int stepsSinceGuide;
    private long stepNanos;
    private long originNanos;

    FeedForward(SkillGate gate) {
        this.gate = gate;
    }

    /** Takes that a planning interval has ended, and the newest forecast, which may be the one from before. */
    void onStep(CapacityGuide newest, long roundTripNanos, long nowNanos) {
        stepsSinceGuide++;
        if (newest != guide) {
            guide = newest;
            stepsSinceGuide = 0;
            learn();
        }
        boolean changes = isFresh() && guide.most() > NOTABLE_CHANGE * guide.least();
        gate.step(
                nowNanos,
                isFresh() ? guide.scaledError : Double.NaN,
                guide.scored,
                changes,
                settlingSteps(roundTripNanos));
    }

    /** A decision shows in what is in flight for a round trip, and in the queue that it made or spared for about another. */
    private int settlingSteps(long roundTripNanos) {
        return stepNanos == 0 ? 0 : (int) Math.min(MOST_SETTLING_STEPS, 2 + 2 * roundTripNanos / stepNanos);
    }

    /** Counted in steps taken, as none are taken in a time of quiet, and the next guide ends that. */
    private boolean isFresh() {
        return stepsSinceGuide < guide.steps();
    }

    private void learn() {
        if (guide.steps() == 0) {
            return;
        }
        if (stepNanos == 0) {
            stepNanos = guide.stepNanos;
            originNanos = guide.madeAtNanos;
        }
        double most = guide.most();
        for (long each : expected) {
            most = Math.max(most, (double) each);
        }
        // Timers come late by a fraction of a step, never by half of one.
        long first = stepAt(guide.madeAtNanos + stepNanos / 2);
        for (int i = 0; i < guide.steps(); i++) {
            int slot = (int) Math.floorMod(first + i, (long) STEPS);
            expected[slot] = Math.max(1, (long) Math.max(guide.bytesPerSecond(i), LEAST_SHARE * most));
            stepOf[slot] = first + i + 1;
        }
    }

    /** Returns whether forecasts decide now. */
    boolean isActive() {
        return gate.isPredictive() && isFresh();
    }

    SkillGate gate() {
        return gate;
    }

    private long stepAt(long nanos) {
        return Math.floorDiv(nanos - originNanos, stepNanos);
    }

    private long at(long step) {
        int slot = (int) Math.floorMod(step, (long) STEPS);
        return stepOf[slot] == step + 1 ? expected[slot] : NO_YARDSTICK;
    }

    /** Returns what is expected of a time in bytes per second, or {@link #NO_YARDSTICK}. */
    long expected(long nanos) {
        return isActive() ? at(stepAt(nanos)) : NO_YARDSTICK;
    }

    /**
     * Returns the most that is expected around a time in bytes per second, or {@link #NO_YARDSTICK}. When exactly a capacity changes
     * inside a step nobody knows: sent too early, it waits before the bottleneck for a moment; sent too late, the bottleneck was idle.
     */
    long around(long nanos) {
        return most(nanos, nanos);
    }

    /** Returns the most that was expected around a span of time in bytes per second, or {@link #NO_YARDSTICK}. */
    long most(long fromNanos, long toNanos) {
        long most = NO_YARDSTICK;
        if (isActive()) {
            long last = lastStep(toNanos);
            for (long step = firstStep(fromNanos, last); step <= last; step++) {
                most = Math.max(most, at(step));
            }
        }
        return most;
    }

    /** Returns whether what was expected around a span of time hardly changed. */
    boolean isSteady(long fromNanos, long toNanos) {
        if (!isActive()) {
            return true;
        }
        long least = Long.MAX_VALUE;
        long last = lastStep(toNanos);
        for (long step = firstStep(fromNanos, last); step <= last; step++) {
            long value = at(step);
            least = value == NO_YARDSTICK ? least : Math.min(least, value);
        }
        return least == Long.MAX_VALUE || (double) most(fromNanos, toNanos) <= NOTABLE_CHANGE * (double) least;
    }

    /** Half a step wider than asked for: when exactly a capacity changes inside a step nobody knows. */
    private long firstStep(long fromNanos, long last) {
        return Math.max(stepAt(fromNanos - stepNanos / 2), last - STEPS + 1);
    }

    private long lastStep(long toNanos) {
        return stepAt(toNanos + stepNanos / 2);
    }
}
