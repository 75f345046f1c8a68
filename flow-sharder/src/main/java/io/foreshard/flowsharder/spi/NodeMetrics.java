package io.foreshard.flowsharder.spi;

import io.foreshard.coreapi.NodeLoad;

/**
 * What is known of a node by now. What is not known is {@link Double#NaN}; it never turns into zero.
 *
 * @param load processors, memory and network of its host, as shares of what they are able to
 * @param inBytesPerSecond what it receives
 * @param outBytesPerSecond what it sends
 * @param inFlight what it has been given and has not finished, such as shards or requests
 * @param latencyNanos how long it takes for one of them, or its round trip
 */
public record NodeMetrics(
        NodeLoad load, double inBytesPerSecond, double outBytesPerSecond, double inFlight, double latencyNanos) {

    /** Nothing is known. */
    public static final NodeMetrics UNKNOWN = new NodeMetrics(
            new NodeLoad(Double.NaN, Double.NaN, Double.NaN, 0, 0), Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is below 0
     */
    public NodeMetrics {
        notNegative("inBytesPerSecond", inBytesPerSecond);
        notNegative("outBytesPerSecond", outBytesPerSecond);
        notNegative("inFlight", inFlight);
        notNegative("latencyNanos", latencyNanos);
    }

    /**
     * Returns metrics of which the edges know by themselves.
     *
     * @param inFlight what the node has been given and has not finished
     * @param latencyNanos its round trip, or {@link Double#NaN}
     */
    public static NodeMetrics of(double inFlight, double latencyNanos) {
        return new NodeMetrics(UNKNOWN.load, Double.NaN, Double.NaN, inFlight, latencyNanos);
    }

    /**
     * Returns the same metrics with what an agent tells of the host.
     *
     * @param told its load
     */
    public NodeMetrics withLoad(NodeLoad told) {
        return new NodeMetrics(told, inBytesPerSecond, outBytesPerSecond, inFlight, latencyNanos);
    }

    private static void notNegative(String name, double value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0, or NaN for unknown)");
        }
    }
}
