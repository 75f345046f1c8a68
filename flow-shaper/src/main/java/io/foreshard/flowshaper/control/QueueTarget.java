package io.foreshard.flowshaper.control;

/**
 * How long the bottleneck's queue is to be. No shorter than a share of the loop delay: what feedback cannot see in time it cannot hold
 * more closely.
 *
 * <p>Where several nodes fill one bottleneck, each without knowledge of the others, a common target leaves their shares as they
 * happened to be. So a node holds the longer a queue the less it has got of its weight, as Swift does for flows (SIGCOMM'20, section
 * 3.5); the only queue that suits all is the one where all have the same share. The price is that the queue is as long as fairness needs:
 * feedback by delay is fair or holds a given delay, never both (Zhu et al., CoNEXT'16).
 *
 * @param leastNanos the shortest, above 0
 * @param loopShare in units of the loop delay
 * @param fairBytesPerSecond the weight of this node times a rate that all nodes agree on; NaN where this node is alone
 */
record QueueTarget(double leastNanos, double loopShare, double fairBytesPerSecond) {

    private static final double PER_OCTAVE = 0.5;
    private static final double MOST = 4;

    /** Returns the target without regard to others. */
    double baseNanos(double loopNanos) {
        return Math.max(leastNanos, loopShare * loopNanos);
    }

    /** Returns the longest that a queue may be for fairness. */
    double mostNanos(double loopNanos) {
        return MOST * baseNanos(loopNanos);
    }

    double nanos(double loopNanos, double rateBytesPerSecond) {
        double octavesBehind = Math.log(fairBytesPerSecond / rateBytesPerSecond) / Math.log(2);
        // Also for NaN and for a rate without limit.
        return octavesBehind > 0
                ? baseNanos(loopNanos) * Math.min(MOST, 1 + PER_OCTAVE * octavesBehind)
                : baseNanos(loopNanos);
    }
}
