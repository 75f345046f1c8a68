package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.spi.Move;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.PlacedShard;
import io.foreshard.flowsharder.spi.RebalancePolicy;
import io.foreshard.flowsharder.spi.RebalanceRound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What the flow sharder relies on in a {@link RebalancePolicy}. A test class implements {@link #rebalance()} and inherits the tests. The
 * rounds are the same in every run.
 */
public interface RebalancePolicyContract {

    /**
     * Returns the policy under test; called at least once per test.
     *
     * @return a new one, as an application would configure it
     */
    RebalancePolicy rebalance();

    /** A round moves each shard once at most, from where it is, to another node that is up. */
    @Test
    default void movesEachShardOnceAtMostToANodeThatIsUp() {
        SplittableRandom random = new SplittableRandom(1);
        RebalancePolicy policy = rebalance();
        for (int i = 0; i < 1_000; i++) {
            RebalanceRound round = round(random, i);
            Set<Integer> moved = new HashSet<>();
            for (Move move : policy.rebalance(round)) {
                assertTrue(moved.add(move.shard()), () -> "shard " + move.shard() + " moves twice");
                assertEquals(
                        round.shards().get(move.shard()).nodeId(), move.from().id());
                assertNotEquals(move.from().id(), move.to().id());
                assertTrue(
                        RandomNodes.isUp(round.nodes(), move.to()),
                        () -> move.to().id() + " is not up");
            }
        }
    }

    /** The same rounds in the same order get the same answers. */
    @Test
    default void answersTheSameToTheSameRounds() {
        RebalancePolicy one = rebalance();
        RebalancePolicy other = rebalance();
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 300; i++) {
            RebalanceRound round = round(random, i);
            assertEquals(one.rebalance(round), other.rebalance(round));
        }
    }

    private static RebalanceRound round(SplittableRandom random, int number) {
        List<NodeState> nodes = RandomNodes.of(random);
        List<PlacedShard> shards = new ArrayList<>();
        int count = nodes.isEmpty() ? 0 : random.nextInt(10);
        for (int shard = 0; shard < count; shard++) {
            String at = nodes.get(random.nextInt(nodes.size())).node().id();
            shards.add(new PlacedShard(1, shard, at, random.nextDouble() * 1e7, random.nextBoolean(), 0));
        }
        return new RebalanceRound(number * 1_000_000_000L, shards, nodes);
    }
}
