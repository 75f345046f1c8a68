package io.foreshard.flowshaper.control;

/**
 * Notices that throttling does not help: so little of ours goes to a queue that it must drain, and it does not. Then others fill it, and
 * what is held back here is taken by them. Each time that happens again without success in between, one keeps away twice as long. Not
 * safe for use by several threads.
 */
final class VainEffort {

    /** Capacity may have shrunk to this share of what passed when throttling began; where it shrank further, this errs. */
    private static final double LEFT_SHARE = 0.35;

    private static final double EXPECTED_LOOPS = 2;
    /** After a burst, what was let through stands in socket buffers for a while and keeps the queue as it is. */
    private static final double SOCKETS_DRAIN_NANOS = 300e6;

    private static final double BURST = 2;

    /** A queue that only stands is the {@link Baseline}'s until it had the time to find out that the path became longer. */
    private static final double STANDING_LOOPS = 4;

    // As shares of what should have drained.
    private static final double LEAST_DRAINED = 0.5;
    private static final double STANDING = 0.02;

    private static final double FIRST_REST_LOOPS = 32;
    private static final double MOST_REST_LOOPS = 128;

    private double little = Double.NaN;
    private double leastExpectedNanos;
    private double restLoops = FIRST_REST_LOOPS;
    private double restingUntilNanos = Double.NEGATIVE_INFINITY;
    private double watchedSinceNanos = Double.NaN;
    private double watchedFromNanos;
    private double expectedNanos;

    void restart() {
        restingUntilNanos = Double.NEGATIVE_INFINITY;
        watchedSinceNanos = Double.NaN;
    }

    /** Returns whether it was in vain lately, and is not worth another try yet. */
    boolean isResting(long nowNanos) {
        return nowNanos < restingUntilNanos;
    }

    /**
     * Begins to throttle.
     *
     * @param passedBytesPerSecond what the path passed just before
     * @param leastBytesPerSecond below which no rate goes
     * @param burst how many times what the path passes was sent
     */
    void begin(double passedBytesPerSecond, double leastBytesPerSecond, double burst) {
        little = Math.max(leastBytesPerSecond, LEFT_SHARE * passedBytesPerSecond);
        leastExpectedNanos = burst > BURST ? SOCKETS_DRAIN_NANOS : 0;
        watchedSinceNanos = Double.NaN;
    }

    /** The queue is as short as it was to be: it followed what was sent. */
    void succeed() {
        restLoops = FIRST_REST_LOOPS;
    }

    /** The queue is not so long that throttling would have to show. */
    void pause() {
        watchedSinceNanos = Double.NaN;
    }

    /** Takes a step of throttling while the queue is much too long; returns whether that is in vain. */
    boolean isInVain(long nowNanos, long elapsedNanos, double rateBytesPerSecond, double queueNanos, double loopNanos) {
        if (rateBytesPerSecond > little) {
            watchedSinceNanos = Double.NaN;
            return false;
        }
        if (Double.isNaN(watchedSinceNanos)) {
            watchedSinceNanos = nowNanos + loopNanos;
        }
        if (nowNanos < watchedSinceNanos) {
            // What departed before is still on its way.
            watchFrom(queueNanos);
            return false;
        }
        expectedNanos += elapsedNanos * (1 - rateBytesPerSecond / little);
        double drained = (watchedFromNanos - queueNanos) / expectedNanos;
        if (expectedNanos < Math.max(leastExpectedNanos, EXPECTED_LOOPS * loopNanos)) {
            return false;
        }
        if (drained > LEAST_DRAINED) {
            watchFrom(queueNanos);
            return false;
        }
        double patience = STANDING_LOOPS * loopNanos;
        boolean vain = Math.abs(drained) > STANDING || expectedNanos > Math.min(queueNanos, patience) + patience;
        if (vain) {
            rest(nowNanos, loopNanos);
        }
        return vain;
    }

    private void watchFrom(double queueNanos) {
        watchedFromNanos = queueNanos;
        expectedNanos = 0;
    }

    private void rest(long nowNanos, double loopNanos) {
        restingUntilNanos = nowNanos + restLoops * loopNanos;
        restLoops = Math.min(2 * restLoops, MOST_REST_LOOPS);
        watchedSinceNanos = Double.NaN;
    }
}
