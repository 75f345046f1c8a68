package io.foreshard.transport;

/**
 * What one acknowledgement tells of the path: a flyweight filled by {@link LossDetector} (draft-cheng-iccrg-delivery-rate-estimation).
 */
final class RateSample {

    long nowNanos;
    long rttNanos;
    long minRttNanos;
    long smoothedRttNanos;
    long ackedBytes;
    long inFlightBytes;
    /** Bytes delivered between the newest acknowledged packet's departure and its acknowledgement, per second; 0 if unknown. */
    long deliveryRateBytesPerSecond;
    /** Whether the sender had nothing more to send then, so that the rate says little about the path. */
    boolean appLimited;
    /** Whether this acknowledgement ends a round trip. */
    boolean roundEnded;
}
