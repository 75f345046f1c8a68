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
    /** Bytes of a short train of packets that arrived ({@link TrainRate}); 0 if none is complete. */
    long trainBytes;
    /** How long that train took to leave. */
    long trainSentNanos;
    /** How long that train took to arrive, by the receiver's clock. */
    long trainReceivedNanos;
    /** What was expected of the capacity while what is acknowledged passed, or {@link FeedForward#NO_YARDSTICK}. */
    long yardstick = FeedForward.NO_YARDSTICK;
    /** Whether that has hardly changed meanwhile. */
    boolean steady = true;
    /** Whether this acknowledgement ends a round trip. */
    boolean roundEnded;

    /** Returns the delivery rate of the train. */
    long trainBytesPerSecond() {
        return (long) (trainBytes * 1e9 / Math.max(trainSentNanos, trainReceivedNanos));
    }

    /** Returns whether the train arrived notably slower than it left: something was queued before the bottleneck. */
    boolean wasTrainSpread() {
        return trainReceivedNanos > trainSentNanos + trainSentNanos / 16;
    }
}
