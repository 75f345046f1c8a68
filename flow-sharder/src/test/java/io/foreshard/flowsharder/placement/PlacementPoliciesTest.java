package io.foreshard.flowsharder.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeMetrics;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.NodeStatus;
import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlacementConcession;
import io.foreshard.flowsharder.spi.PlacementPolicy;
import io.foreshard.flowsharder.spi.PlacementRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementPoliciesTest {

    private static final long KEY = 7;
    private final HotColdPlacement hotCold =
            HotColdPlacement.builder().candidatesPerShard(10).build();

    @Test
    void moduloPutsShardsOnNodesInTurnAndMoreShardsThanNodes() {
        Placement placement = new ModuloPlacement().place(new PlacementRequest(KEY, Nodes.up(Nodes.nodes(3)), 7));
        assertEquals(List.of("n0", "n1", "n2", "n0", "n1", "n2", "n0"), ids(placement));
        assertEquals(Set.of(PlacementConcession.TOO_FEW_NODES), placement.concessions());
    }

    @Test
    void nobodyPutsAnythingOnNodesThatDrainOrAreDown() {
        List<NodeState> nodes = new ArrayList<>(Nodes.up(Nodes.nodes(4)));
        nodes.set(0, nodes.get(0).with(NodeStatus.DOWN));
        nodes.set(2, nodes.get(2).with(NodeStatus.DRAINING));
        for (PlacementPolicy policy : List.of(new ModuloPlacement(), new RendezvousPlacement(), hotCold)) {
            assertEquals(
                    Set.of("n1", "n3"),
                    new HashSet<>(ids(policy.place(new PlacementRequest(KEY, nodes, 2)))),
                    policy.toString());
        }
    }

    @Test
    void nobodyPutsAnythingAnywhereWhereNoNodeIsUp() {
        List<NodeState> nodes = List.of(NodeState.up(Nodes.node(0)).with(NodeStatus.DOWN));
        for (PlacementPolicy policy : List.of(new ModuloPlacement(), new RendezvousPlacement(), hotCold)) {
            Placement placement = policy.place(new PlacementRequest(KEY, nodes, 2));
            assertEquals(List.of(), placement.nodes());
            assertEquals(Set.of(PlacementConcession.TOO_FEW_NODES), placement.concessions());
        }
    }

    @Test
    void saysWhenRacksAreTooFew() {
        List<NodeState> nodes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            nodes.add(NodeState.up(Nodes.node(i).within("rack" + i % 2, "")));
        }
        Placement two = new RendezvousPlacement().place(new PlacementRequest(KEY, nodes, 2));
        assertEquals(Set.of(), two.concessions());
        assertEquals(2, two.nodes().stream().map(Node::rack).distinct().count());
        Placement three = new RendezvousPlacement().place(new PlacementRequest(KEY, nodes, 3));
        assertEquals(Set.of(PlacementConcession.SHARED_RACK), three.concessions());
        assertEquals(3, three.nodes().size());
    }

    @Test
    void givesUpARackBeforeABottleneck() {
        List<NodeState> nodes = List.of(
                NodeState.up(Nodes.node(0).within("a", "x")),
                NodeState.up(Nodes.node(1).within("b", "x")),
                NodeState.up(Nodes.node(2).within("a", "y")));
        for (long key = 0; key < 100; key++) {
            Placement placement = new RendezvousPlacement().place(new PlacementRequest(key, nodes, 2));
            assertEquals(
                    2,
                    placement.nodes().stream().map(Node::bottleneck).distinct().count());
        }
    }

    @Test
    void passesAFullNodeByAndSaysSo() {
        List<NodeState> idle = Nodes.up(Nodes.nodes(10));
        Node first = new RendezvousPlacement()
                .place(new PlacementRequest(KEY, idle, 1))
                .nodes()
                .get(0);
        List<NodeState> loaded = idle.stream()
                .map(state -> state.with(NodeMetrics.of(state.node().equals(first) ? 30 : 10, Double.NaN)))
                .toList();
        Placement placement = new RendezvousPlacement().place(new PlacementRequest(KEY, loaded, 1));
        assertTrue(!placement.nodes().contains(first));
        assertEquals(Set.of(PlacementConcession.FULL_NODE), placement.concessions());
    }

    @Test
    void takesTheColdNodeThatIsFastest() {
        List<NodeState> nodes = List.of(
                state(0, 90, 1), state(1, 5, 8), state(2, 5, 3), state(3, 4, 9), state(4, 6, 7), state(5, 5, 5));
        assertEquals(List.of("n2"), ids(hotCold.place(new PlacementRequest(KEY, nodes, 1))));
    }

    @Test
    void takesTheHotNodeWithLeastInFlightWhereAllAreHot() {
        HotColdPlacement strict =
                HotColdPlacement.builder().hotQuantile(0).candidatesPerShard(10).build();
        List<NodeState> nodes = List.of(state(0, 3, 9), state(1, 9, 1), state(2, 8, 1));
        assertEquals(List.of("n0", "n2", "n1"), ids(strict.place(new PlacementRequest(KEY, nodes, 3))));
    }

    @Test
    void keepsAwayFromWhoIsForecastToBeBusyAmongEquals() {
        List<NodeState> nodes = List.of(
                loaded(0, 4, 0.5, 0).expecting(1.2),
                loaded(1, 6, 0.5, 0),
                loaded(2, 5, 0.5, 0).expecting(0.3));
        assertEquals(List.of("n2"), ids(hotCold.place(new PlacementRequest(KEY, nodes, 1))));
        List<NodeState> busy = nodes.stream().map(node -> node.expecting(1.2)).toList();
        assertEquals(List.of("n0"), ids(hotCold.place(new PlacementRequest(KEY, busy, 1))));
    }

    @Test
    void takesTheFasterNodeWhateverIsForecast() {
        List<NodeState> nodes = List.of(
                state(0, 5, 1).expecting(5), state(1, 5, 8), state(2, 5, 3).expecting(0.2));
        assertEquals(List.of("n0"), ids(hotCold.place(new PlacementRequest(KEY, nodes, 1))));
    }

    @Test
    void trustsWhatIsNewMoreThanWhatIsOld() {
        List<NodeState> nodes = List.of(loaded(0, 3, 0.5, 300), loaded(1, 5, 0.5, 1), loaded(2, 8, 0.5, 1));
        assertEquals(List.of("n1"), ids(hotCold.place(new PlacementRequest(KEY, nodes, 1))));
    }

    @Test
    void doesNotTellHowOldWhatIsVeryOldIs() {
        List<NodeState> nodes = List.of(loaded(0, 3, 0.5, 90_000), loaded(1, 5, 0.5, 5_000), loaded(2, 8, 0.5, 5_000));
        assertEquals(List.of("n0"), ids(hotCold.place(new PlacementRequest(KEY, nodes, 1))));
    }

    @Test
    void choosesAsIfItHadNeverChosenBefore() {
        for (int count : new int[] {4, 10, 3, 10}) {
            List<NodeState> nodes = new ArrayList<>(Nodes.up(Nodes.nodes(count)));
            nodes.set(1, nodes.get(1).with(count == 3 ? NodeStatus.DOWN : NodeStatus.UP));
            nodes.set(2, NodeState.up(Nodes.node(2).withWeight(count)));
            PlacementRequest request = new PlacementRequest(KEY, nodes, 2);
            PlacementPolicy fresh =
                    HotColdPlacement.builder().candidatesPerShard(10).build();
            assertEquals(fresh.place(request), hotCold.place(request));
            assertEquals(fresh.place(request), hotCold.place(request));
        }
    }

    @Test
    void spreadsKeysOverNodesThatAreEqual() {
        List<NodeState> nodes = Nodes.up(Nodes.nodes(10));
        Set<String> chosen = new HashSet<>();
        for (long key = 0; key < 100; key++) {
            chosen.addAll(ids(hotCold.place(new PlacementRequest(key, nodes, 1))));
        }
        assertEquals(10, chosen.size());
    }

    @Test
    void refusesWhatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> new RendezvousPlacement(0));
        assertThrows(IllegalArgumentException.class, () -> new PlacementRequest(KEY, List.of(), 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> HotColdPlacement.builder().hotQuantile(1.1).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> HotColdPlacement.builder().staleAfter(Duration.ZERO).build());
    }

    private static NodeState loaded(int number, double inFlight, double load, long ageMillis) {
        return NodeState.up(Nodes.node(number))
                .with(NodeMetrics.of(inFlight, 1)
                        .withLoad(new NodeLoad(load, Double.NaN, Double.NaN, ageMillis * 1_000_000, 1)));
    }

    private static NodeState state(int number, double inFlight, double latencyNanos) {
        return NodeState.up(Nodes.node(number)).with(NodeMetrics.of(inFlight, latencyNanos));
    }

    private static List<String> ids(Placement placement) {
        return placement.nodes().stream().map(Node::id).toList();
    }
}
