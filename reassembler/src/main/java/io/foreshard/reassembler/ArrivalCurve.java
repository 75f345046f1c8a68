package io.foreshard.reassembler;

/** How the bytes of one message have come in over time: a smoothed rate, and the latest arrival. */
final class ArrivalCurve {

    private static final double WEIGHT = 0.25;
    private static final long SHORTEST_SAMPLE_NANOS = 1_000_000L;

    private final long firstNanos;
    private long lastNanos;
    private long bytes;
    private int latestBytes;
    private long sampleStartNanos;
    private long sampleBytes;
    private double bytesPerNano;

    ArrivalCurve(long nowNanos) {
        firstNanos = nowNanos;
        lastNanos = nowNanos;
        sampleStartNanos = nowNanos;
    }

    void onArrival(int length, long nowNanos) {
        lastNanos = Math.max(lastNanos, nowNanos);
        // The first shard marks the start; the bytes after it took the time since.
        sampleBytes += bytes == 0 ? 0 : length;
        bytes += length;
        latestBytes = length;
        long elapsed = lastNanos - sampleStartNanos;
        if (elapsed >= SHORTEST_SAMPLE_NANOS && sampleBytes > 0) {
            double sample = (double) sampleBytes / elapsed;
            bytesPerNano = bytesPerNano == 0 ? sample : (1 - WEIGHT) * bytesPerNano + WEIGHT * sample;
            sampleStartNanos = lastNanos;
            sampleBytes = 0;
        }
    }

    /** Starts anew after all bytes were refused; the rate stays. */
    void restart(long nowNanos) {
        bytes = 0;
        lastNanos = nowNanos;
        sampleStartNanos = nowNanos;
        sampleBytes = 0;
    }

    long firstNanos() {
        return firstNanos;
    }

    long lastNanos() {
        return lastNanos;
    }

    /** Returns the payload bytes of the latest shard. */
    int latestBytes() {
        return latestBytes;
    }

    /** Returns the smoothed rate, 0 as long as it is unknown. */
    double bytesPerNano() {
        return bytesPerNano;
    }
}
