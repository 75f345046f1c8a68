package io.foreshard.transport;

import io.foreshard.runtime.WindowedMax;

/**
 * The greatest delivery rate of the last rounds, as a multiple of what was expected where a forecast gives a yardstick
 * ({@link FeedForward}), and in bytes per second where none does. Confined to one event loop.
 */
final class CapacityFilter {

    /** What the filter measures when capacity is as expected. */
    static final long UNIT = 1_000_000L;

    private final WindowedMax capacity;
    private final WindowedMax delivered;
    private long yardstick = FeedForward.NO_YARDSTICK;

    CapacityFilter(int rounds) {
        this.capacity = new WindowedMax(rounds);
        this.delivered = new WindowedMax(rounds);
    }

    /** Returns a rate in the filter's measure: as it is, or by its own yardstick; 0 where that is needed and not known. */
    long measured(long bytesPerSecond, RateSample sample) {
        if (yardstick == FeedForward.NO_YARDSTICK) {
            return bytesPerSecond;
        }
        return sample.yardstick == FeedForward.NO_YARDSTICK ? 0 : inUnits(bytesPerSecond, sample.yardstick);
    }

    private static long inUnits(long bytesPerSecond, long yardstick) {
        return Math.max(1, (long) ((double) bytesPerSecond * UNIT / yardstick));
    }

    /** Takes a delivery rate; one that says little counts only where it is greater. */
    void learn(long round, long bytesPerSecond, boolean saysLittle, RateSample sample) {
        keep(delivered, round, bytesPerSecond, saysLittle);
        long measured = measured(bytesPerSecond, sample);
        if (measured > 0) {
            keep(capacity, round, measured, saysLittle);
        }
    }

    private static void keep(WindowedMax filter, long round, long value, boolean saysLittle) {
        if (!saysLittle || filter.isEmpty() || value > filter.get()) {
            filter.update(round, value);
        }
    }

    boolean isEmpty() {
        return capacity.isEmpty();
    }

    /** Returns the greatest of the last rounds in the filter's measure; not to be called when empty. */
    long measure() {
        return capacity.get();
    }

    /** Forgets what was seen, but for one value in the filter's measure. */
    void restart(long round, long measure) {
        capacity.reset();
        capacity.update(round, measure);
    }

    void clear() {
        capacity.reset();
        delivered.reset();
    }

    /**
     * Takes the yardstick for what leaves now; returns whether it appeared or vanished, and with it the filter's measure.
     *
     * <p>Without a yardstick a capacity that was only expected to be low is what was delivered of late: who reacts knows no better, and
     * what is compared with prediction must be what reacts.
     */
    boolean onYardstick(long round, long leaving) {
        boolean changes = (leaving == FeedForward.NO_YARDSTICK) != (yardstick == FeedForward.NO_YARDSTICK);
        long before = bytesPerSecond();
        yardstick = leaving;
        if (changes && before > 0) {
            restart(
                    round,
                    leaving == FeedForward.NO_YARDSTICK
                            ? Math.max(before, delivered.isEmpty() ? 0 : delivered.get())
                            : inUnits(before, leaving));
        }
        return changes;
    }

    /**
     * Returns the capacity for what leaves now in bytes per second; 0 when not known. A forecast that was far too low does not make it
     * greater than both what was delivered and what is expected.
     */
    long bytesPerSecond() {
        if (capacity.isEmpty()) {
            return 0;
        }
        if (yardstick == FeedForward.NO_YARDSTICK) {
            return capacity.get();
        }
        long bound = Math.max(delivered.isEmpty() ? 0 : delivered.get(), yardstick);
        return (long) Math.min((double) capacity.get() * yardstick / UNIT, (double) bound);
    }
}
