package io.foreshard.flowsharder.edge;

import java.util.HashMap;
import java.util.Map;

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
