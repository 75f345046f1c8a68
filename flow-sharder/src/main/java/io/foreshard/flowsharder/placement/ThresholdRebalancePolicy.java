package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.Move;
import io.foreshard.flowsharder.spi.MoveReason;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.PlacedShard;
import io.foreshard.flowsharder.spi.RebalancePolicy;
import io.foreshard.flowsharder.spi.RebalanceRound;
import io.foreshard.runtime.Checks;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The literal rule: from each node whose load is above a threshold one shard moves to the node with the least load.
 *
 * <p>It is the shard that carries most bytes per second; of equal ones the one of the lowest session and number. Nothing else counts: all
 * overloaded nodes give to the same node, and give again in the next round, also when that one is overloaded too. Keeps nothing from
 * round to round.
 */
public final class ThresholdRebalancePolicy implements RebalancePolicy {

    private static final Comparator<PlacedShard> MOST_BYTES_FIRST = Comparator.comparingDouble(
                    (PlacedShard shard) -> -shard.bytesPerSecond())
            .thenComparingLong(PlacedShard::session)
            .thenComparingInt(PlacedShard::shard);

    private final double threshold;

    /**
     * Makes the policy.
     *
     * @param threshold the load above which a node gives, 0…1
     * @throws IllegalArgumentException if it is out of range
     */
    public ThresholdRebalancePolicy(double threshold) {
        this.threshold = Checks.inRange("threshold", threshold, 0, 1);
    }

    @Override
    public List<Move> rebalance(RebalanceRound round) {
        Optional<NodeState> least = round.nodes().stream()
                .filter(node -> node.isUp() && !Double.isNaN(node.load()))
                .min(Comparator.comparingDouble(NodeState::load));
        return least.stream()
                .flatMap(to -> round.nodes().stream()
                        .filter(node -> node.load() > threshold && !node.equals(to))
                        .flatMap(node -> move(round, node, to).stream()))
                .toList();
    }

    private static Optional<Move> move(RebalanceRound round, NodeState from, NodeState to) {
        return round.shards().stream()
                .filter(shard -> shard.nodeId().equals(from.node().id()))
                .min(MOST_BYTES_FIRST)
                .map(shard ->
                        new Move(shard.session(), shard.shard(), from.node(), to.node(), MoveReason.ABOVE_THRESHOLD));
    }
}
