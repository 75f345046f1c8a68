package io.foreshard.flowsharder.spi;

/**
 * What one more shard would be able to carry.
 *
 * @param nodeId over which node
 * @param meanBytesPerSecond expected, or {@link Double#NaN} when not known
 * @param lowBytesPerSecond what it will exceed with probability 0.9, or {@link Double#NaN} when not known
 * @param bottleneck what it shares its capacity with, or empty for nothing known
 */
public record LegCapacity(String nodeId, double meanBytesPerSecond, double lowBytesPerSecond, String bottleneck) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a capacity is below 0
     */
    public LegCapacity {
        if (meanBytesPerSecond < 0 || lowBytesPerSecond < 0) {
            throw new IllegalArgumentException("lowBytesPerSecond: " + lowBytesPerSecond + ", meanBytesPerSecond: "
                    + meanBytesPerSecond + " (expected: >= 0, or NaN for unknown)");
        }
    }
}
