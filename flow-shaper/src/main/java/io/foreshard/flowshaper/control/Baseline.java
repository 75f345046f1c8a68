package io.foreshard.flowshaper.control;

/**
 * The latency of a path on which nothing queues. Falls at once, by nine tenths of the difference. Rises slowly, by a thousandth per
 * sample, and only while the path is used lightly: what stands while it is used fully may be a queue, and a queue that becomes the
 * baseline is never drained.
 *
 * <p>A path that has become longer looks like a queue that does not drain. So where so little was sent for so long that a queue of
 * ours must have drained, and latency is still what it was, the baseline jumps. How much is little is measured by what the path passed
 * before; once latency has followed what was sent, it was a queue, and by what the path passes since. Not safe for use by several threads.
 */
final class Baseline {

    private static final double DOWN = 0.9;
    private static final double UP = 0.001;
    private static final double LIGHT_USE = 0.3;
    /** The capacity may have fallen as far since it was seen. */
    private static final double DRAINING_USE = 0.35;
    /** A share that goes over to other nodes does so slowly; a queue that does not drain makes the rate fall fast. */
    private static final double FORGETTING_LOOPS = 60;

    private static final double MARGIN_LOOPS = 2;
    private static final double DRAINED_SHARE = 0.7;

    private double nanos = Double.NaN;
    private double use = Double.NaN;
    private double passes = Double.NaN;
    private double drainedNanos;
    private double mostExcess;

    double nanos() {
        return nanos;
    }

    /** Takes a new latency. */
    void sample(double latencyNanos) {
        if (Double.isNaN(nanos)) {
            nanos = latencyNanos;
        } else if (latencyNanos < nanos) {
            nanos += DOWN * (latencyNanos - nanos);
        } else if (use < LIGHT_USE) {
            nanos += UP * (latencyNanos - nanos);
        }
    }

    /** Takes what was sent in a control step; rates are NaN when not known. */
    void step(double latencyNanos, double rate, DeliveryRate delivery, double elapsedNanos, double loopNanos) {
        double excess = latencyNanos - nanos;
        if (!(excess > 0)) {
            begin(0, delivery.highest());
        } else if (excess < DRAINED_SHARE * mostExcess) {
            begin(excess, delivery.latest());
        } else if (excess > mostExcess / DRAINED_SHARE) {
            begin(excess, passes);
        }
        double latest = excess > 0 ? delivery.latest() : Double.NaN;
        passes += Double.isNaN(latest)
                ? 0
                : (latest - passes) * Math.min(1, elapsedNanos / (FORGETTING_LOOPS * loopNanos));
        use = rate / passes;
        if (excess > 0 && use < DRAINING_USE) {
            drainedNanos += elapsedNanos * (1 - use / DRAINING_USE);
        }
        if (drainedNanos > excess + MARGIN_LOOPS * loopNanos) {
            nanos = latencyNanos;
            begin(0, passes);
        }
    }

    private void begin(double excess, double nowPasses) {
        mostExcess = excess;
        passes = nowPasses;
        drainedNanos = 0;
    }
}
