package io.foreshard.transport;

/**
 * Decides how much may be in flight on a path and how fast packets leave (RFC 8085, section 3.1: never without). One instance per
 * path, confined to its event loop; takes numbers, returns numbers, keeps no reference.
 */
interface RateController {

    /**
     * Takes an acknowledgement.
     *
     * @param sample what was learnt; reused by the caller, never retained
     */
    void onAck(RateSample sample);

    /**
     * Takes the packets found lost since the last call.
     *
     * @param nowNanos the clock
     * @param lostBytes their bytes, {@code > 0}
     */
    void onLoss(long nowNanos, long lostBytes);

    /** Feedback has ended: falls to the slowest rate until it returns. */
    void onFeedbackEnd();

    /**
     * Takes what the bottleneck is expected to pass when it serves what leaves now: feed-forward, as the yardstick of what is seen.
     *
     * @param nowNanos the clock
     * @param bytesPerSecond what is expected, {@code > 0}, or {@link FeedForward#NO_YARDSTICK}
     * @return whether sending begins anew before feedback has returned
     */
    boolean expect(long nowNanos, long bytesPerSecond);

    /** Returns the most bytes that may be in flight. */
    long windowBytes();

    /** Returns the pace in bytes per second. */
    long rateBytesPerSecond();

    /** Returns the bottleneck's capacity as last seen, in bytes per second; 0 when not known. */
    long capacityBytesPerSecond();
}
