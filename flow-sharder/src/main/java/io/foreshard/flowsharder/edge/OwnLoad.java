package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How much of a node's load comes from this session. A node that carries our bytes at some load is able to carry at least as many more as
 * the load leaves; the most that was seen of that, slowly forgotten, counts as what it is able to. So what is left for others is too little
 * where they were always there, and never below 0. Belongs to one event loop.
 */
final class OwnLoad {

    /** Of a share of load below it, what it is able to carry cannot be told. */
    private static final double LEAST_LOAD = 0.05;

    private static final double KEPT_PER_ROUND = 0.999;

    private final Map<String, Double> capacities = new HashMap<>();

    /**
     * Returns the share of each node's load that is ours, 0 where none is known.
     *
     * @param states all nodes; what is known of others is forgotten
     * @param bytesPerSecond what we send and receive over a node
     */
    Map<Node, Double> of(List<NodeState> states, ToDoubleFunction<Node> bytesPerSecond) {
        capacities
                .keySet()
                .retainAll(states.stream().map(state -> state.node().id()).collect(Collectors.toSet()));
        Map<Node, Double> own = new HashMap<>();
        for (NodeState state : states) {
            Node node = state.node();
            own.put(node, of(node.id(), bytesPerSecond.applyAsDouble(node), state.load()));
        }
        return own;
    }

    /**
     * Returns the share of a load that is ours, 0 where none is known.
     *
     * @param bytesPerSecond what we send and receive over the node
     * @param load the node's, {@link Double#NaN} when not known
     */
    double of(String nodeId, double bytesPerSecond, double load) {
        if (!(bytesPerSecond > 0) || !(load > 0)) {
            return 0;
        }
        double capacity = capacities.getOrDefault(nodeId, 0.0) * KEPT_PER_ROUND;
        capacity = load < LEAST_LOAD ? capacity : Math.max(capacity, bytesPerSecond / load);
        capacities.put(nodeId, capacity);
        return capacity == 0 ? 0 : Math.min(load, bytesPerSecond / capacity);
    }
}
