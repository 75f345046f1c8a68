package io.foreshard.reassembler;

/**
 * What a source's path is like: told by the transport, or assumed as by RFC 9002 section 6.2.2; and how far it reorders, learnt
 * from requests that proved to be wrong.
 */
final class PathEstimate {

    /** RFC 9002 section 6.1.1. */
    private static final int SMALLEST_THRESHOLD = 3;

    private static final int LARGEST_THRESHOLD = 32;
    private static final int ANSWERS_PER_STEP_BACK = 64;

    private static final long INITIAL_RTT_NANOS = 333_000_000L;
    private static final long GRANULARITY_NANOS = 1_000_000L;
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private long rttNanos = INITIAL_RTT_NANOS;
    private long variationNanos = INITIAL_RTT_NANOS / 2;
    private double lossRatio;
    private int packetThreshold = SMALLEST_THRESHOLD;
    private int answers;
    private double bytesPerNano;

    void onPath(long newRttNanos, long newVariationNanos, double newLossRatio) {
        if (newRttNanos > 0 && newVariationNanos >= 0) {
            rttNanos = Math.min(newRttNanos, LONGEST_NANOS);
            variationNanos = Math.min(newVariationNanos, LONGEST_NANOS);
        }
        if (newLossRatio >= 0 && newLossRatio <= 1) {
            lossRatio = newLossRatio;
        }
    }

    void onRate(double measuredBytesPerNano) {
        bytesPerNano = measuredBytesPerNano;
    }

    /** Notes that a shard arrived on its own after it was asked for. */
    void onReordering() {
        packetThreshold = Math.min(LARGEST_THRESHOLD, packetThreshold + packetThreshold / 2);
        answers = 0;
    }

    /** Notes that a request was right. Reordering that has ended is forgotten slowly. */
    void onAnswer() {
        if (++answers >= ANSWERS_PER_STEP_BACK) {
            answers = 0;
            packetThreshold = Math.max(SMALLEST_THRESHOLD, packetThreshold - 1);
        }
    }

    int packetThreshold() {
        return packetThreshold;
    }

    /** Returns how long after a later shard a missing one counts as lost: RFC 9002 section 6.1.2, longer on a path that reorders. */
    long timeThresholdNanos() {
        long reorderingNanos = rttNanos / 16 * (packetThreshold - SMALLEST_THRESHOLD);
        return Math.max(rttNanos + rttNanos / 8 + reorderingNanos, GRANULARITY_NANOS);
    }

    /** Returns how long to wait when nothing arrives: RFC 9002 section 6.2.1. */
    long ptoNanos() {
        return rttNanos + Math.max(4 * variationNanos, GRANULARITY_NANOS);
    }

    long rttNanos() {
        return rttNanos;
    }

    long variationNanos() {
        return variationNanos;
    }

    double lossRatio() {
        return lossRatio;
    }

    /** Returns the rate at which a message of this source arrived lately, 0 if unknown. */
    double bytesPerNano() {
        return bytesPerNano;
    }
}
