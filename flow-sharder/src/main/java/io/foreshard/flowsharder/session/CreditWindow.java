package io.foreshard.flowsharder.session;

import io.foreshard.runtime.ByteBudget;

/**
 * How much the other side may send of one flow beyond what its end has taken. It begins small and follows what the end takes: four
 * times as much as in the longest round trip (Linux sizes its receive buffers so, by twice), so that a whole round trip of pieces from fast legs has room
 * while one piece of the slowest is missing. What it grows by is charged to a budget that all flows share. Belongs to one event loop.
 */
final class CreditWindow {

    private static final int GROWTH = 4;
    private static final long REST_NANOS = 2_000_000_000L;

    private final SessionLimits limits;
    private final ByteBudget budget;
    private long windowBytes;
    private long granted;
    private long roundStartNanos;
    private long roundTaken;
    private long idleTaken;
    private long idleNanos;

    CreditWindow(SessionLimits limits, ByteBudget budget, long nowNanos) {
        this.limits = limits;
        this.budget = budget;
        windowBytes = limits.leastWindowBytes();
        granted = windowBytes;
        roundStartNanos = nowNanos;
    }

    /** Returns the offset up to which the other side was told that it may send. */
    long granted() {
        return granted;
    }

    long windowBytes() {
        return windowBytes;
    }

    /**
     * Measures what the end takes.
     *
     * @param taken by the end since the beginning
     * @param shortestNanos round trip of the legs
     * @param longestNanos round trip of the legs
     */
    void observe(long taken, long shortestNanos, long longestNanos, long nowNanos) {
        long elapsed = nowNanos - roundStartNanos;
        if (elapsed < shortestNanos || elapsed <= 0) {
            return;
        }
        double perRoundTrip = (double) (taken - roundTaken) * longestNanos / elapsed;
        double wanted = Math.min(GROWTH * perRoundTrip, (double) GROWTH * windowBytes);
        grow((long) Math.min(wanted, (double) limits.mostWindowBytes()));
        roundStartNanos = nowNanos;
        roundTaken = taken;
    }

    private void grow(long wanted) {
        long more = Math.min(wanted - windowBytes, budget.availableBytes());
        if (more > 0 && budget.tryReserve(more)) {
            windowBytes += more;
        }
    }

    /** Returns whether there is so much new credit that the other side should hear of it. */
    boolean isWorthTelling(long taken) {
        return taken + windowBytes - granted >= Math.max(windowBytes / 4, 1);
    }

    /** Grants what may be granted, and returns up to where. */
    long grant(long taken) {
        granted = Math.max(granted, taken + windowBytes);
        return granted;
    }

    /** Shrinks when nothing was taken for a time. */
    void restIfIdle(long taken, long nowNanos) {
        if (taken != idleTaken) {
            idleTaken = taken;
            idleNanos = nowNanos;
        } else if (nowNanos - idleNanos > REST_NANOS) {
            shrink();
        }
    }

    /** Gives back what an idle flow does not need, though the other side may still use what it was granted. */
    void shrink() {
        long extra = windowBytes - limits.leastWindowBytes();
        if (extra > 0) {
            budget.release(extra);
            windowBytes -= extra;
        }
    }
}
