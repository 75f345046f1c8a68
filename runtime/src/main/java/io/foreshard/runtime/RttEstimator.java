package io.foreshard.runtime;

/**
 * The round-trip time of one path, estimated as in RFC 9002 section 5, with one difference: the minimum is taken over the last
 * 10 seconds, so that a longer route is learnt. All times in nanoseconds.
 *
 * <p>Single-threaded: belongs to one event loop.
 */
public final class RttEstimator {

    private static final long MIN_WINDOW_NANOS = 10_000_000_000L;
    private static final long GRANULARITY_NANOS = 1_000_000L;
    // Keeps the sums below far from overflow, whatever comes in.
    private static final long LONGEST_RTT_NANOS = 3_600_000_000_000L;

    private final WindowedMin min = new WindowedMin(MIN_WINDOW_NANOS);
    private boolean sampled;
    private long latestNanos;
    private long minNanos;
    private long smoothedNanos;
    private long variationNanos;

    /**
     * Starts from an assumption, which the first sample replaces.
     *
     * @param initialRttNanos round-trip time to assume, above 0 and at most one hour
     * @throws IllegalArgumentException if it is outside
     */
    public RttEstimator(long initialRttNanos) {
        Checks.inRange("initialRttNanos", initialRttNanos, 1, LONGEST_RTT_NANOS);
        latestNanos = initialRttNanos;
        minNanos = initialRttNanos;
        smoothedNanos = initialRttNanos;
        variationNanos = initialRttNanos / 2;
    }

    /**
     * Takes a sample. A negative round-trip time is ignored, one above one hour counts as one hour.
     *
     * @param rttNanos time from sending a packet to its acknowledgement
     * @param ackDelayNanos how long the receiver says it held the acknowledgement back; already capped by the caller at what
     *     the receiver promised. Subtracted only if the result is not below the minimum (RFC 9002 section 5.3); a negative
     *     value counts as 0
     * @param nowNanos the time
     */
    public void onSample(long rttNanos, long ackDelayNanos, long nowNanos) {
        if (rttNanos < 0) {
            return;
        }
        latestNanos = Math.min(rttNanos, LONGEST_RTT_NANOS);
        min.update(nowNanos, latestNanos);
        minNanos = min.get();
        if (sampled) {
            smooth(withoutAckDelay(Math.max(0, ackDelayNanos)));
        } else {
            sampled = true;
            smoothedNanos = latestNanos;
            variationNanos = latestNanos / 2;
        }
    }

    /** {@return whether a sample was taken; before, the values come from the assumption} */
    public boolean hasSample() {
        return sampled;
    }

    /** {@return the newest sample} */
    public long latestNanos() {
        return latestNanos;
    }

    /** {@return the smoothed round-trip time, without acknowledgement delay} */
    public long smoothedNanos() {
        return smoothedNanos;
    }

    /** {@return the smoothed mean deviation of the samples} */
    public long variationNanos() {
        return variationNanos;
    }

    /** {@return the smallest sample of about the last 10 seconds of samples} */
    public long minNanos() {
        return minNanos;
    }

    /**
     * {@return how long to wait for an acknowledgement before probing the path (RFC 9002 section 6.2.1), without back-off}
     *
     * @param maxAckDelayNanos the longest time that the receiver holds an acknowledgement back
     */
    public long ptoNanos(long maxAckDelayNanos) {
        return smoothedNanos + Math.max(4 * variationNanos, GRANULARITY_NANOS) + maxAckDelayNanos;
    }

    /** {@return how long after a packet an unacknowledged one counts as lost: 9/8 RTT (RFC 9002 section 6.1.2)} */
    public long lossDelayNanos() {
        long rttNanos = Math.max(smoothedNanos, latestNanos);
        return Math.max(rttNanos + rttNanos / 8, GRANULARITY_NANOS);
    }

    private long withoutAckDelay(long ackDelayNanos) {
        long adjustedNanos = latestNanos - ackDelayNanos;
        return adjustedNanos >= minNanos ? adjustedNanos : latestNanos;
    }

    private void smooth(long adjustedNanos) {
        variationNanos = (3 * variationNanos + Math.abs(smoothedNanos - adjustedNanos)) / 4;
        smoothedNanos = (7 * smoothedNanos + adjustedNanos) / 8;
    }
}
