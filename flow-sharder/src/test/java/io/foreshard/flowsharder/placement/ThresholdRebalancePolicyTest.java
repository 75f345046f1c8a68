package io.foreshard.flowsharder.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.flowsharder.spi.Move;
import io.foreshard.flowsharder.spi.MoveReason;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.PlacedShard;
import io.foreshard.flowsharder.spi.RebalanceRound;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdRebalancePolicyTest {

    private final ThresholdRebalancePolicy policy = new ThresholdRebalancePolicy(0.8);

    @Test
    void movesTheShardWithMostBytesOfEachNodeAboveTheThresholdToTheLeastUtilised() {
        List<NodeState> nodes = List.of(loaded(0, 0.9), loaded(1, 0.5), loaded(2, 0.3), loaded(3, 0.81));
        List<PlacedShard> shards = List.of(
                shard(1, 0, 0, 10), shard(1, 1, 0, 30), shard(2, 0, 0, 30), shard(2, 1, 1, 99), shard(3, 0, 3, 1));
        assertEquals(
                List.of(move(1, 1, 0, 2), move(3, 0, 3, 2)), policy.rebalance(new RebalanceRound(0, shards, nodes)));
    }

    @Test
    void leavesNodesAtTheThresholdAndThoseOfUnknownLoadAlone() {
        List<NodeState> nodes = List.of(loaded(0, 0.8), NodeState.up(Nodes.node(1)), loaded(2, 0.3));
        List<PlacedShard> shards = List.of(shard(1, 0, 0, 10), shard(1, 1, 1, 30));
        assertEquals(List.of(), policy.rebalance(new RebalanceRound(0, shards, nodes)));
    }

    @Test
    void hasNowhereToGoWhereNoLoadIsKnown() {
        assertEquals(
                List.of(),
                policy.rebalance(
                        new RebalanceRound(0, List.of(shard(1, 0, 0, 10)), List.of(NodeState.up(Nodes.node(0))))));
    }

    private static NodeState loaded(int node, double cpu) {
        return Nodes.loaded(Nodes.node(node), cpu);
    }

    private static PlacedShard shard(long session, int shard, int node, double bytesPerSecond) {
        return new PlacedShard(session, shard, "n" + node, bytesPerSecond, false, 0);
    }

    private static Move move(long session, int shard, int from, int to) {
        return new Move(session, shard, Nodes.node(from), Nodes.node(to), MoveReason.ABOVE_THRESHOLD);
    }
}
