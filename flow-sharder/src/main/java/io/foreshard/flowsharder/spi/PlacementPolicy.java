package io.foreshard.flowsharder.spi;

/**
 * Decides which nodes carry the shards of a flow. A pure function: the same request gets the same answer. Called off the data path, by any
 * thread, several at a time.
 */
@FunctionalInterface
public interface PlacementPolicy {

    /**
     * Returns where the shards go.
     *
     * @param request key, nodes and number
     * @return nodes out of the request that are {@link NodeStatus#UP}; at most as many as asked for
     */
    Placement place(PlacementRequest request);
}
