package io.foreshard.flowsharder.spi;

/**
 * A node as decisions see it.
 *
 * @param node which
 * @param status whether it may carry shards
 * @param metrics what is known of it
 * @param expectedLoad the load that is forecast for it, on the scale of {@link #load()}, at a time in which shards can be moved;
 *     {@link Double#NaN} where nothing is forecast, or while forecasts are not trusted
 */
public record NodeState(Node node, NodeStatus status, NodeMetrics metrics, double expectedLoad) {

    /**
     * Returns a node that is up and of which nothing is known.
     *
     * @param node which
     */
    public static NodeState up(Node node) {
        return new NodeState(node, NodeStatus.UP, NodeMetrics.UNKNOWN, Double.NaN);
    }

    /**
     * Returns the same node with other metrics.
     *
     * @param known what is known of it
     */
    public NodeState with(NodeMetrics known) {
        return new NodeState(node, status, known, expectedLoad);
    }

    /**
     * Returns the same node with another status.
     *
     * @param other whether it may carry shards
     */
    public NodeState with(NodeStatus other) {
        return new NodeState(node, other, metrics, expectedLoad);
    }

    /**
     * Returns the same node with a forecast.
     *
     * @param load the load that is forecast, or {@link Double#NaN}
     */
    public NodeState expecting(double load) {
        return new NodeState(node, status, metrics, load);
    }

    /** Returns whether it takes new shards. */
    public boolean isUp() {
        return status == NodeStatus.UP;
    }

    /** Returns the load of its scarcest resource: 0 (idle) … 1 (used up), or {@link Double#NaN} when not known. */
    public double load() {
        return metrics.load().combined();
    }
}
