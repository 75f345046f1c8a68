package io.foreshard.flowshaper.control;

/** When a source's newest sample was made, how late samples are seen and how far apart they come. Not safe for use by several threads. */
final class SampleClock {

    private static final double WEIGHT = 1.0 / 8;
    /** A pause is not the rhythm. */
    private static final double LONGEST_GAP = 4;
    /** Sources that round their ages tell the same sample's time a little differently each time. */
    private static final long SAME_NANOS = 10_000;

    private boolean known;
    private long madeNanos;
    private double intervalNanos;
    private double lateNanos;

    SampleClock(double intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    /** Takes a sample's age; returns whether it is newer than the one before. */
    boolean isNew(long nowNanos, long ageNanos) {
        long made = nowNanos - ageNanos;
        if (known && made - madeNanos <= SAME_NANOS) {
            return false;
        }
        if (known) {
            double gap = Math.min((double) (made - madeNanos), LONGEST_GAP * intervalNanos);
            intervalNanos += WEIGHT * (gap - intervalNanos);
            lateNanos += WEIGHT * (ageNanos - lateNanos);
        }
        known = true;
        madeNanos = made;
        return true;
    }

    /** Forgets the newest sample, as after a jump of the clock. */
    void forget() {
        known = false;
    }

    /** Returns the age of the newest sample, {@link Long#MAX_VALUE} when there is none. */
    long ageNanos(long nowNanos) {
        return known ? Math.max(0, nowNanos - madeNanos) : Long.MAX_VALUE;
    }

    /** Returns how old samples are when they are seen first. */
    double lateNanos() {
        return lateNanos;
    }

    double intervalNanos() {
        return intervalNanos;
    }
}
