package io.foreshard.jmh.shaper.nogain;

import java.util.Random;
import java.util.function.LongToDoubleFunction;

/** Packets of one source: small bursts at random times, at a share of the capacity that changes with time. Not safe for use by several threads. */
final class Arrivals {

    private static final int MOST_IN_A_BURST = 15;

    private final Random random;
    private final LongToDoubleFunction share;
    private final double fullNanos;
    private long nextNanos;

    /**
     * Makes a source.
     *
     * @param fullNanos time between packets that fill the bottleneck
     */
    Arrivals(long seed, LongToDoubleFunction share, double fullNanos) {
        this.random = new Random(seed);
        this.share = share;
        this.fullNanos = fullNanos;
    }

    /** Returns how many packets come at once now; 0 when nothing is due. To be called until it is. */
    int due(long nowNanos) {
        if (nextNanos > nowNanos) {
            return 0;
        }
        int burst = 1 + random.nextInt(MOST_IN_A_BURST);
        double load = share.applyAsDouble(nextNanos);
        if (!(load > 0)) {
            nextNanos = Long.MAX_VALUE;
            return 0;
        }
        nextNanos += Math.round(-Math.log(1 - random.nextDouble()) * burst * fullNanos / load);
        return burst;
    }
}
