package io.foreshard.jmh.lossy;

import java.util.Random;

/** When messages come: an open loop, independent of how fast they leave. The first ones, the warm-up, are sent and not counted. */
final class Arrivals {

    static final int MESSAGE_BYTES = 64 << 10;

    private static final double LOAD = 0.3;
    private static final double WARM_UP_SECONDS = 8;

    private final long[] atNanos;
    private final int warmUp;

    private Arrivals(long[] atNanos, int warmUp) {
        this.atNanos = atNanos;
        this.warmUp = warmUp;
    }

    /** Returns a Poisson process that loads the link with 30 % of its capacity, headers not counted. */
    static Arrivals poisson(int counted, long seed) {
        double perSecond = LOAD * Condition.LINK_BYTES_PER_SECOND / MESSAGE_BYTES;
        int warmUp = (int) (WARM_UP_SECONDS * perSecond);
        Random random = new Random(seed);
        long[] at = new long[warmUp + counted];
        double seconds = 0;
        for (int i = 0; i < at.length; i++) {
            seconds -= Math.log(1 - random.nextDouble()) / perSecond;
            at[i] = (long) (seconds * 1e9);
        }
        return new Arrivals(at, warmUp);
    }

    int count() {
        return atNanos.length;
    }

    int warmUp() {
        return warmUp;
    }

    /** Returns when a message comes, in nanoseconds since the start. */
    long atNanos(int message) {
        return atNanos[message];
    }
}
