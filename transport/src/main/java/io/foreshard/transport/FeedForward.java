package io.foreshard.transport;

/**
 * What the forecast says of the capacity at each planning interval, past ones included: the yardstick by which the rate controller
 * measures what it sees. Confined to one event loop.
 *
 * <p>Feedback is a round trip old. Divided by what was expected for then and multiplied by what is expected for now, it becomes what
 * feedback will show: the controller's filters and corrections work on the ratio of capacity to forecast, and a forecast that is
 * wrong is corrected like a path that has changed. Without a forecast the yardstick is {@link #UNIT} throughout, and nothing changes.
 */
final class FeedForward {

    static final long UNIT = 1_000_000L;

    private static final int STEPS = 64;
    private static final double LEAST_SHARE = 0.02;

    private final long[] expected = new long[STEPS];
    private final long[] stepOf = new long[STEPS];
    private long stepNanos;
    private long referenceNanos;
    private boolean on;

    /** Takes a newer forecast. */
    void renew(CapacityGuide guide) {
        if (guide.steps() == 0) {
            return;
        }
        if (stepNanos != guide.stepNanos()) {
            stepNanos = guide.stepNanos();
            referenceNanos = guide.madeAtNanos();
        }
        double most = 0;
        for (int i = 0; i < guide.steps(); i++) {
            most = Math.max(most, guide.mean(i));
        }
        for (int i = 0; i < STEPS; i++) {
            most = Math.max(most, expected[i]);
        }
        long first = stepAt(guide.madeAtNanos() + stepNanos / 2);
        for (int i = 0; i < guide.steps(); i++) {
            int slot = (int) Math.floorMod(first + i, (long) STEPS);
            expected[slot] = Math.max(1, (long) Math.max(guide.mean(i), LEAST_SHARE * most));
            stepOf[slot] = first + i + 1;
        }
    }

    void turn(boolean active) {
        on = active;
    }

    boolean isOn() {
        return on;
    }

    private long stepAt(long nanos) {
        return Math.floorDiv(nanos - referenceNanos, stepNanos);
    }

    private long at(long step) {
        int slot = (int) Math.floorMod(step, (long) STEPS);
        return stepOf[slot] == step + 1 ? expected[slot] : 0;
    }

    /** Returns what is expected of a time; {@link #UNIT} when nothing is. */
    long expected(long nanos) {
        long value = on && stepNanos > 0 ? at(stepAt(nanos)) : 0;
        return value == 0 ? UNIT : value;
    }

    /** Returns the most that was expected between two times; {@link #UNIT} when nothing was. */
    long most(long fromNanos, long toNanos) {
        if (!on || stepNanos == 0) {
            return UNIT;
        }
        long most = 0;
        for (long step = stepAt(fromNanos); step <= stepAt(toNanos); step++) {
            most = Math.max(most, at(step));
        }
        return most == 0 ? UNIT : most;
    }

    /** Returns the least that was expected between two times; {@link #UNIT} when nothing was. */
    long least(long fromNanos, long toNanos) {
        if (!on || stepNanos == 0) {
            return UNIT;
        }
        long least = Long.MAX_VALUE;
        for (long step = stepAt(fromNanos); step <= stepAt(toNanos); step++) {
            long value = at(step);
            least = value == 0 ? least : Math.min(least, value);
        }
        return least == Long.MAX_VALUE ? UNIT : least;
    }
}
