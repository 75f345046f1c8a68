package io.foreshard.reassembler;

/**
 * When a block was asked for, and when it may be asked for again: after a silence that doubles with every request without answer;
 * for shards that were not asked for yet, after an eighth of a round trip.
 */
final class RepairState {

    private static final int MOST_DOUBLINGS = 6;
    private static final int FRACTION_FOR_NEW_GAPS = 8;

    private int unanswered;
    private long requestedNanos;
    private long roundStartNanos;

    boolean wasRequested() {
        return unanswered > 0;
    }

    void onRequested(long nowNanos, PathEstimate path) {
        if (!wasRequested() || nowNanos - roundStartNanos >= path.rttNanos()) {
            roundStartNanos = nowNanos;
            unanswered = Math.min(unanswered + 1, MOST_DOUBLINGS + 1);
        }
        requestedNanos = nowNanos;
    }

    /** Notes that what replaces the block has begun to arrive: the rest of it is on its way and need not be asked for yet. */
    void onAwaited(long nowNanos) {
        unanswered = 1;
        requestedNanos = nowNanos;
        roundStartNanos = nowNanos;
    }

    /** Notes that something asked for arrived. */
    void onAnswered() {
        unanswered = 1;
    }

    /** Returns the earliest time for the next request. */
    long dueNanos(boolean newGap, PathEstimate path) {
        if (!wasRequested()) {
            return Long.MIN_VALUE;
        }
        if (newGap) {
            return requestedNanos + path.rttNanos() / FRACTION_FOR_NEW_GAPS;
        }
        return roundStartNanos + (path.ptoNanos() << (unanswered - 1));
    }

    /** Returns whether an arrival cannot be the answer to any of the latest requests: it comes too soon. */
    boolean isTooSoonForAnswer(long nowNanos, PathEstimate path) {
        return nowNanos - roundStartNanos < path.rttNanos() / 4 * 3;
    }
}
