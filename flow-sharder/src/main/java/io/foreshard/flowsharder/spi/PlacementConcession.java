package io.foreshard.flowsharder.spi;

import io.foreshard.coreapi.Reason;

/** What a placement had to give up. */
public enum PlacementConcession implements Reason {
    /** There are fewer nodes than shards: nodes carry several, or the flow has fewer shards. */
    TOO_FEW_NODES("Add nodes, or let flows have fewer shards."),
    /** Two shards go to one rack: there are too few racks. */
    SHARED_RACK("Add nodes in other racks, if a rack's failure must not take several shards."),
    /** Two shards go by one bottleneck: there are too few. They gain no throughput by each other. */
    SHARED_BOTTLENECK("Add nodes behind other bottlenecks, or let flows have fewer shards."),
    /** A node was passed by that comes first for this key: it carries as much as it may. */
    FULL_NODE("Normal now and then; if it lasts, compare the weights of the nodes with what they are able to."),
    /** A full node carries the shard all the same: all others are full, or carry one. */
    OVER_BOUND("Add nodes, or allow more load above the mean.");

    private final String operatorAction;

    PlacementConcession(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
