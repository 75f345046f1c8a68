package io.foreshard.coreapi;

/**
 * One observation of a path by a telemetry source.
 *
 * @param latencyNanos round-trip time in nanoseconds, {@code >= 0}, or {@link #UNKNOWN_LATENCY}; as it was measured, not smoothed: who
 *     acts on it filters it, and a filter that it does not know of is a delay in its loop
 * @param bandwidthBytesPerSecond capacity that the path offers, or {@link Double#NaN} when not known
 * @param lossRatio share of packets lost, 0…1, or {@link Double#NaN} when not known
 * @param ageNanos time since the observation was made, {@code >= 0}, what made its way to the asker late or smoothed included; old
 *     samples count less and then not at all
 * @param confidence how far the source trusts it, 0 (not at all) … 1; falls with age
 */
public record PathSample(
        long latencyNanos, double bandwidthBytesPerSecond, double lossRatio, long ageNanos, double confidence) {

    /** The value of {@link #latencyNanos} when the latency is not known. */
    public static final long UNKNOWN_LATENCY = -1;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public PathSample {
        if (latencyNanos < UNKNOWN_LATENCY) {
            throw new IllegalArgumentException(
                    "latencyNanos: " + latencyNanos + " (expected: >= 0, or -1 for unknown)");
        }
        if (bandwidthBytesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "bandwidthBytesPerSecond: " + bandwidthBytesPerSecond + " (expected: >= 0, or NaN for unknown)");
        }
        if (lossRatio < 0 || lossRatio > 1) {
            throw new IllegalArgumentException("lossRatio: " + lossRatio + " (expected: 0…1, or NaN for unknown)");
        }
        if (ageNanos < 0) {
            throw new IllegalArgumentException("ageNanos: " + ageNanos + " (expected: >= 0)");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence: " + confidence + " (expected: 0…1)");
        }
    }

    /** Returns whether the latency is known. */
    public boolean hasLatency() {
        return latencyNanos != UNKNOWN_LATENCY;
    }
}
