package io.foreshard.flowsharder.spi;

import java.util.List;

/**
 * What a flow wants to carry, and over what it could.
 *
 * @param current how many shards it has, 0 for a new flow
 * @param unchangedNanos for how long it has had them, not negative
 * @param observedBytesPerSecond what it carries; {@link Double#NaN} for a new flow
 * @param isLimited whether its source waits for the shards, so that it would carry more
 * @param expectedHighBytesPerSecond what it will want at most with probability 0.9; {@link Double#NaN} where nothing is forecast, or while
 *     forecasts are not trusted
 * @param legs over what it could be carried, in the order in which they would be taken; those in use first
 */
public record FlowDemand(
        int current,
        long unchangedNanos,
        double observedBytesPerSecond,
        boolean isLimited,
        double expectedHighBytesPerSecond,
        List<LegCapacity> legs) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a number is below 0
     */
    public FlowDemand {
        if (current < 0 || unchangedNanos < 0) {
            throw new IllegalArgumentException(
                    "current: " + current + ", unchangedNanos: " + unchangedNanos + " (expected: >= 0)");
        }
        if (observedBytesPerSecond < 0 || expectedHighBytesPerSecond < 0) {
            throw new IllegalArgumentException("observedBytesPerSecond: " + observedBytesPerSecond
                    + ", expectedHighBytesPerSecond: " + expectedHighBytesPerSecond
                    + " (expected: >= 0, or NaN for unknown)");
        }
        legs = List.copyOf(legs);
    }
}
