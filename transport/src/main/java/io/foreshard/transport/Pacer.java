package io.foreshard.transport;

/**
 * Spreads departures at a rate: a token bucket whose depth is what the rate yields in one timer quantum, so a late timer costs no
 * throughput and a burst stays short. Confined to one event loop.
 */
final class Pacer {

    private final long quantumNanos;
    private long lastNanos;
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
     * @param singly whether packets leave one by one, without bursts
     * @param packetBytes length of the packet
     */
    long delayNanos(long nowNanos, long rateBytesPerSecond, boolean singly, int packetBytes) {
        double perNano = rateBytesPerSecond / 1e9;
        double depth = singly ? packetBytes : Math.max(2.0 * packetBytes, perNano * quantumNanos);
        tokens = Math.min(tokens + (nowNanos - lastNanos) * perNano, Math.max(depth, tokens));
        lastNanos = nowNanos;
        return tokens >= packetBytes ? 0 : (long) Math.ceil((packetBytes - tokens) / perNano);
    }

    /** Takes a departure into account. */
    void onSent(int packetBytes) {
        tokens -= packetBytes;
    }
}
