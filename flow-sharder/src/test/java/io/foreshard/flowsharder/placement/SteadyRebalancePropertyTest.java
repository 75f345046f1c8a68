package io.foreshard.flowsharder.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.spi.Move;
import io.foreshard.flowsharder.spi.MoveReason;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.NodeStatus;
import io.foreshard.flowsharder.spi.PlacedShard;
import io.foreshard.flowsharder.spi.RebalanceRound;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever loads do, moves stay few and lead somewhere. */
class SteadyRebalancePropertyTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void neverMovesToAndFroNorMoreThanItMay() {
        Property.named("shards never move to and fro").runs(30).maxSize(60).check((random, size) -> {
            World world = new World(random, size, 0.2);
            for (int second = 0; second < 300; second++) {
                world.wander();
                world.step();
            }
        });
    }

    @Test
    void comesToRestWhenLoadsDo() {
        Property.named("moves end where loads stay").runs(30).maxSize(60).check((random, size) -> {
            World world = new World(random, size, 0);
            for (int second = 0; second < 600; second++) {
                world.step();
            }
            int moves = world.moves;
            for (int second = 0; second < 600; second++) {
                world.step();
            }
            assertEquals(moves, world.moves, "moves after ten minutes without a change");
        });
    }

    /** Loads are what shards carry plus what others take. */
    private static final class World {

        private static final double CAPACITY = 100;

        private final SteadyRebalancePolicy policy =
                SteadyRebalancePolicy.builder().build();
        private final SeededRandom random;
        private final List<Node> nodes;
        private final double[] others;
        private final NodeStatus[] status;
        private final List<PlacedShard> shards = new ArrayList<>();
        private final Map<String, Long> leftAt = new HashMap<>();
        private long nowNanos = 1000 * SECOND;
        private final double forecastShare;
        private int moves;

        World(SeededRandom random, int size, double forecastShare) {
            this.random = random;
            this.forecastShare = forecastShare;
            this.nodes = Nodes.nodes(3 + size / 10);
            this.others = random.doubles(nodes.size(), 0, 0.9).toArray();
            this.status = new NodeStatus[nodes.size()];
            for (int i = 0; i < status.length; i++) {
                status[i] = NodeStatus.UP;
            }
            for (int i = 0; i < size; i++) {
                shards.add(new PlacedShard(i / 2, i % 2, random.pick(nodes).id(), 20 * random.nextDouble(), false, 0));
            }
        }

        void wander() {
            int i = random.nextInt(others.length);
            others[i] = Math.max(0, Math.min(1, others[i] + random.nextGaussian() * 0.3));
            if (random.chance(0.05)) {
                status[i] = random.pick(List.of(NodeStatus.values()));
            }
        }

        void step() {
            nowNanos += SECOND;
            List<Move> decided = policy.rebalance(new RebalanceRound(nowNanos, shards, states()));
            assertTrue(
                    decided.stream().filter(move -> move.reason().isPlanned()).count() <= 2, decided.toString());
            decided.forEach(this::carryOut);
            moves += decided.size();
        }

        private List<NodeState> states() {
            List<NodeState> states = new ArrayList<>();
            for (int i = 0; i < others.length; i++) {
                Node node = nodes.get(i);
                double carried = shards.stream()
                        .filter(shard -> shard.nodeId().equals(node.id()))
                        .mapToDouble(PlacedShard::bytesPerSecond)
                        .sum();
                NodeState state = Nodes.loaded(node, Math.min(1, others[i] + carried / CAPACITY))
                        .with(status[i]);
                states.add(random.chance(forecastShare) ? state.expecting(random.nextDouble()) : state);
            }
            return states;
        }

        private void carryOut(Move move) {
            assertEquals(NodeStatus.UP, status[nodes.indexOf(move.to())]);
            assertNotEquals(move.from(), move.to());
            String shardName = move.session() + "/" + move.shard() + " ";
            boolean isForced = move.reason() == MoveReason.FAILED || move.reason() == MoveReason.DRAINED;
            if (!isForced) {
                Long left = leftAt.get(shardName + move.to().id());
                assertTrue(left == null || nowNanos - left >= 60 * SECOND, move + " came back");
                leftAt.put(shardName + move.from().id(), nowNanos);
            }
            shards.replaceAll(shard -> shard.session() == move.session() && shard.shard() == move.shard()
                    ? new PlacedShard(
                            shard.session(), shard.shard(), move.to().id(), shard.bytesPerSecond(), false, nowNanos)
                    : shard);
        }
    }
}
