package io.foreshard.flowsharder.spi;

import java.util.List;

/**
 * Decides which shards move. Called once per round, off the data path, by one thread at a time; may keep what it has seen from round to
 * round, but the same rounds in the same order get the same answers. One instance belongs to one caller.
 */
@FunctionalInterface
public interface RebalancePolicy {

    /**
     * Returns what is to move now. The engine carries it out in this order, and tells in the next round where shards are.
     *
     * @param round shards, nodes and time; times do not go back from round to round
     * @return at most one move per shard, to nodes of the round that are {@link NodeStatus#UP}
     */
    List<Move> rebalance(RebalanceRound round);
}
