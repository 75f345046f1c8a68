package io.foreshard.shardcodec.spi;

/**
 * Decides how a message is split. A pure function: no I/O, no clock, no randomness, no state that changes the answer, safe for use
 * by several event loops at once. Called once per message, and again when the path's MTU drops, on the session's event loop, so it
 * must return within microseconds.
 *
 * <p>A plan whose shards exceed the path's payload capacity is clamped by the engine; a policy that throws is counted and replaced
 * by shards of the path's size for that message.
 */
@FunctionalInterface
public interface ShardPolicy {

    /**
     * Returns the plan for a message.
     *
     * @param request what is known
     */
    ShardPlan plan(ShardRequest request);

    /**
     * Returns the policy that decides while forecasts have not proven themselves: the reactive twin of a policy that relies on them.
     * Default: this one, for a policy that decides the same without forecasts or that is to decide in any case.
     */
    default ShardPolicy reactive() {
        return this;
    }
}
