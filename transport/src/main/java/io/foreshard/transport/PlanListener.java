package io.foreshard.transport;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.shardcodec.spi.ShardPlan;

/**
 * Is told of every plan, to explain what was decided and why. Called on the session's event loop, once per message and again at block
 * borders where the outlook has changed; must not block. An exception counts as a failure of the policy.
 */
@FunctionalInterface
public interface PlanListener {

    /** Ignores plans. */
    PlanListener NOOP = (plan, outlook) -> {};

    /**
     * Takes a plan.
     *
     * @param plan what was decided, after the carrier's limit was applied
     * @param outlook what was expected of the path
     */
    void onPlan(ShardPlan plan, PathOutlook outlook);
}
