package io.foreshard.transport;

/**
 * Tells when a queue is suspicious: long for many round trips on end, and not shrinking, although a delay-based sender has slowed down
 * all the while. One short round trip ends the suspicion. Confined to one event loop.
 */
final class QueueWatch {

    private static final int PATIENCE_ROUNDS = 10;
    private static final int MAX_PATIENCE_ROUNDS = 20;
    private static final long MIN_PATIENCE_NANOS = 1_000_000_000L;
    private static final long MAX_PATIENCE_NANOS = 2_000_000_000L;
    private static final double PROGRESS = 0.8;
    private static final int MAX_BACKOFF_SHIFT = 2;

    private boolean started;
    private long shortNanos;
    private long progressNanos;
    private long highestQueueNanos;
    private int inVain;

    /** Starts anew, as after a short round trip. */
    void restart(long nowNanos) {
        started = true;
        shortNanos = nowNanos;
        progressNanos = nowNanos;
        highestQueueNanos = 0;
    }

    void forget() {
        started = false;
        inVain = 0;
    }

    /** Takes that a check found nobody who would be worth another soon: from the second on, patience doubles. */
    void backOff() {
        inVain++;
    }

    void onRival() {
        inVain = 0;
    }

    /**
     * Takes a round trip; returns whether the queue is suspicious.
     *
     * @param queueNanos what it is above the base
     * @param targetNanos the queue that our own rate aims at
     * @param longNanos from when on a queue is long
     * @param leastPatienceNanos how long to wait in any case
     */
    boolean onRtt(RateSample sample, long queueNanos, long targetNanos, long longNanos, long leastPatienceNanos) {
        long now = sample.nowNanos;
        if (!started || queueNanos <= Math.max(targetNanos * 5 / 4, longNanos)) {
            restart(now);
            return false;
        }
        if (queueNanos < PROGRESS * highestQueueNanos) {
            progressNanos = now;
            highestQueueNanos = queueNanos;
        }
        highestQueueNanos = Math.max(highestQueueNanos, queueNanos);
        long rtt = sample.smoothedRttNanos;
        return now - progressNanos > Math.max(leastPatienceNanos, patience(PATIENCE_ROUNDS * rtt))
                || now - shortNanos > Math.max(leastPatienceNanos, patience(MAX_PATIENCE_ROUNDS * rtt));
    }

    private long patience(long nanos) {
        int shift = Math.min(Math.max(0, inVain - 1), MAX_BACKOFF_SHIFT);
        return Math.max(MIN_PATIENCE_NANOS, Math.min(MAX_PATIENCE_NANOS, nanos)) << shift;
    }
}
