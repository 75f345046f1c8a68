package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.flowsharder.placement.ModuloPlacement;
import io.foreshard.flowsharder.placement.QuantileFlowPlanner;
import io.foreshard.flowsharder.placement.RendezvousPlacement;
import io.foreshard.flowsharder.placement.SteadyRebalancePolicy;
import io.foreshard.flowsharder.spi.FlowPlan;
import io.foreshard.flowsharder.spi.FlowPlanner;
import io.foreshard.flowsharder.spi.PlacementPolicy;
import io.foreshard.flowsharder.spi.PlanReason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Policies choose over which of five relays the shards of a session go, while a stream flows. */
class SteeringTest {

    private static final long BYTES = 40_000_000;

    private static EdgeRig rig(FlowPlanner planner, PlacementPolicy placement) {
        return new EdgeRig(
                5,
                5,
                1,
                builder -> builder.steered(
                        planner,
                        placement,
                        () -> SteadyRebalancePolicy.builder().build()));
    }

    private static FlowPlanner fixed(int count) {
        return demand -> new FlowPlan(count, PlanReason.UNKNOWN);
    }

    private static List<LegReport> up(EdgeRig rig) {
        return rig.await(rig.ingress.legs()).stream().filter(LegReport::isUp).toList();
    }

    private static Set<String> nodes(EdgeRig rig) {
        return up(rig).stream().map(LegReport::node).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void arrives(EdgeRig rig, Peer[] pair) {
        rig.until(() -> pair[0].gone && pair[1].gone, "connections did not end");
        assertEquals(Peer.digestOf(1, BYTES), pair[1].receivedDigest());
        assertEquals(Peer.digestOf(2, 0), pair[0].receivedDigest());
    }

    private static Peer[] upload(EdgeRig rig) {
        Peer[] pair = rig.pair();
        pair[0].stream(1, BYTES);
        pair[1].stream(2, 0);
        return pair;
    }

    @Test
    void hasAsManyShardsAsPlannedOverDifferentNodes() {
        try (EdgeRig rig = rig(fixed(3), new RendezvousPlacement())) {
            Peer[] pair = upload(rig);
            arrives(rig, pair);
            assertEquals(3, nodes(rig).size());
        }
    }

    @Test
    void mayHaveMoreShardsThanNodesByTheLiteralRule() {
        try (EdgeRig rig = rig(fixed(7), new ModuloPlacement())) {
            Peer[] pair = upload(rig);
            arrives(rig, pair);
            assertEquals(7, up(rig).size());
            assertEquals(5, nodes(rig).size());
        }
    }

    @Test
    void takesMoreShardsWhileTheSourceWaitsAndGivesThemBack() {
        FlowPlanner planner = QuantileFlowPlanner.builder().build();
        try (EdgeRig rig = rig(planner, new RendezvousPlacement())) {
            Peer[] pair = rig.pair();
            rig.simulation.runFor(Duration.ofSeconds(1));
            int before = up(rig).size();
            pair[0].stream(1, 200_000_000);
            rig.simulation.runFor(Duration.ofSeconds(5));
            assertEquals(5, up(rig).size());
            assertTrue(before < 5);
            rig.simulation.runFor(Duration.ofSeconds(30));
            assertEquals(1, up(rig).size());
        }
    }

    @Test
    void movesAwayFromANodeThatIsToBeStopped() {
        try (EdgeRig rig = rig(fixed(3), new RendezvousPlacement())) {
            Peer[] pair = upload(rig);
            rig.simulation.runFor(Duration.ofSeconds(1));
            String leaving = nodes(rig).iterator().next();
            rig.ingress.drain(leaving, true);
            rig.until(() -> !nodes(rig).contains(leaving) && nodes(rig).size() == 3, "still there");
            arrives(rig, pair);
        }
    }

    @Test
    void movesAwayFromANodeThatDied() {
        try (EdgeRig rig = rig(fixed(3), new RendezvousPlacement())) {
            Peer[] pair = upload(rig);
            rig.simulation.runFor(Duration.ofSeconds(1));
            String dead = nodes(rig).iterator().next();
            rig.relays.get(Integer.parseInt(dead.substring("relay-".length()))).close();
            rig.until(() -> !nodes(rig).contains(dead) && nodes(rig).size() == 3, "no other node took over");
            arrives(rig, pair);
        }
    }

    @Test
    void movesAwayFromANodeThatIsOverloaded() {
        try (EdgeRig rig = rig(fixed(2), new RendezvousPlacement())) {
            rig.simulation.runFor(Duration.ofSeconds(1));
            String busy = nodes(rig).iterator().next();
            rig.nodes.forEach(node ->
                    rig.ingress.load(node.id(), new NodeLoad(node.id().equals(busy) ? 0.99 : 0.2, 0.2, 0.2, 0, 1)));
            Peer[] pair = upload(rig);
            rig.until(() -> !nodes(rig).contains(busy), "still there");
            arrives(rig, pair);
        }
    }
}
