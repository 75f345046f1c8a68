package io.foreshard.coreapi;

/**
 * What the next planning interval of a path is expected to look like. Immutable; the data path reads the newest one with a
 * single volatile read.
 *
 * <p>The <em>congestion level</em> is a number 0…1, the greatest of three shares, each clamped to 0…1:
 * <ul>
 *   <li>queueing: forecast latency above the path's base round-trip time, as a share of the forecast latency,
 *       {@code (latency - base) / latency};
 *   <li>shrinking: forecast capacity below the highest capacity seen lately, {@code 1 - capacity / reference};
 *   <li>loss: forecast loss ratio divided by 0.1 (one packet in ten lost counts as fully congested).
 * </ul>
 *
 * @param latencyNanos forecast round-trip time in nanoseconds; 0 when not known
 * @param bandwidthBytesPerSecond forecast bottleneck capacity, mean; 0 when not known
 * @param bandwidthLowBytesPerSecond its 10 % quantile: the capacity exceeded with probability 0.9; 0 when not known
 * @param bandwidthHighBytesPerSecond its 90 % quantile; 0 when not known
 * @param lossRatio forecast share of packets lost, 0…1
 * @param congestionLevel 0 (idle) … 1 (fully congested), as defined above
 * @param planningIntervalNanos the time that one plan covers; the bottleneck passes
 *     {@code bandwidth × planningInterval} bytes in it
 * @param madeAtNanos when the outlook was made, on the engine's clock
 * @param skill mean absolute scaled error of the capacity forecast against the naive one, NaN when not known
 */
public record PathOutlook(
        long latencyNanos,
        double bandwidthBytesPerSecond,
        double bandwidthLowBytesPerSecond,
        double bandwidthHighBytesPerSecond,
        double lossRatio,
        double congestionLevel,
        long planningIntervalNanos,
        long madeAtNanos,
        double skill) {

    /** Default planning interval, 100 ms. */
    public static final long DEFAULT_PLANNING_INTERVAL_NANOS = 100_000_000L;

    /** The outlook before anything was observed: nothing known, no congestion assumed. */
    public static final PathOutlook UNKNOWN =
            new PathOutlook(0, 0, 0, 0, 0, 0, DEFAULT_PLANNING_INTERVAL_NANOS, 0, Double.NaN);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public PathOutlook {
        if (!(congestionLevel >= 0 && congestionLevel <= 1)) {
            throw new IllegalArgumentException("congestionLevel: " + congestionLevel + " (expected: 0…1)");
        }
        if (!(lossRatio >= 0 && lossRatio <= 1)) {
            throw new IllegalArgumentException("lossRatio: " + lossRatio + " (expected: 0…1)");
        }
        if (!(bandwidthBytesPerSecond >= 0 && bandwidthLowBytesPerSecond >= 0 && bandwidthHighBytesPerSecond >= 0)) {
            throw new IllegalArgumentException(
                    "bandwidthBytesPerSecond: " + bandwidthBytesPerSecond + " (expected: >= 0)");
        }
        if (latencyNanos < 0) {
            throw new IllegalArgumentException("latencyNanos: " + latencyNanos + " (expected: >= 0)");
        }
        if (planningIntervalNanos <= 0) {
            throw new IllegalArgumentException("planningIntervalNanos: " + planningIntervalNanos + " (expected: > 0)");
        }
    }

    /** Returns the bytes that the bottleneck is forecast to pass in one planning interval; 0 when not known. */
    public long capacityBytes() {
        return (long) (bandwidthBytesPerSecond * planningIntervalNanos / 1e9);
    }

    /** Returns whether the capacity of the path is known. */
    public boolean isKnown() {
        return bandwidthBytesPerSecond > 0;
    }
}
