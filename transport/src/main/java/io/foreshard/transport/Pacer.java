package io.foreshard.transport;

/**
 * Spreads departures at a rate: a token bucket whose depth is what the rate yields in one timer quantum and in the lateness of the timer
 * seen lately, so a late timer costs no throughput and a burst stays as short as the timer allows. Confined to one event loop.
 */
final class Pacer {

    private static final long MAX_LATENESS_NANOS = 10_000_000L;
    private static final int CAREFUL_SHARE = 4;

    private final long quantumNanos;
    private long lastNanos;
    private long wakeNanos = Long.MAX_VALUE;
    private long latenessNanos;
    private double tokens;

    Pacer(long nowNanos, long quantumNanos, int initialBytes) {
        this.quantumNanos = quantumNanos;
        this.lastNanos = nowNanos;
        this.tokens = initialBytes;
    }

    /**
     * Returns how long a packet has to wait, in nanoseconds; 0 when it may leave now.
     *
     * @param nowNanos the clock
     * @param rateBytesPerSecond the pace
     * @param careful whether bursts are to be a quarter as long
     * @param packetBytes length of the packet
     */
    long delayNanos(long nowNanos, long rateBytesPerSecond, boolean careful, int packetBytes) {
        learnLateness(nowNanos);
        double perNano = rateBytesPerSecond / 1e9;
        long burstNanos = (careful ? quantumNanos / CAREFUL_SHARE : quantumNanos) + latenessNanos;
        double depth = Math.max(2.0 * packetBytes, perNano * burstNanos);
        tokens = Math.min(tokens + (nowNanos - lastNanos) * perNano, Math.max(depth, tokens));
        lastNanos = nowNanos;
        if (tokens >= packetBytes) {
            return 0;
        }
        long delay = (long) Math.ceil((packetBytes - tokens) / perNano);
        wakeNanos = nowNanos + delay;
        return delay;
    }

    private void learnLateness(long nowNanos) {
        if (nowNanos - wakeNanos >= 0 && wakeNanos != Long.MAX_VALUE) {
            long late = Math.min(nowNanos - wakeNanos, MAX_LATENESS_NANOS);
            latenessNanos = Math.max(late, latenessNanos - latenessNanos / 8);
            wakeNanos = Long.MAX_VALUE;
        }
    }

    /** Takes a departure into account. */
    void onSent(int packetBytes) {
        tokens -= packetBytes;
    }
}
