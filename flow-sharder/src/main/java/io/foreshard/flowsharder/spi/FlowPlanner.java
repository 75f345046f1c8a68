package io.foreshard.flowsharder.spi;

/**
 * Decides how many shards a flow has. A pure function: the same demand gets the same answer. Called when a flow begins and now and then
 * while it lasts, off the data path, by any thread.
 */
@FunctionalInterface
public interface FlowPlanner {

    /**
     * Returns how many shards the flow is to have from now on.
     *
     * @param demand what it wants to carry, and over what it could
     */
    FlowPlan plan(FlowDemand demand);
}
