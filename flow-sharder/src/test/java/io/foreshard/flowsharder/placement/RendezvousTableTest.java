package io.foreshard.flowsharder.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeMetrics;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlacementRequest;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTableTest {

    private static final int KEYS = 100_000;

    @Test
    void choosesWhatTheFunctionChooses() {
        Property.named("the table chooses what the function chooses")
                .runs(40)
                .maxSize(40)
                .check((random, size) -> {
                    List<Node> nodes = variedNodes(random, size);
                    BoundedLoad load = new BoundedLoad(nodes, 0.25);
                    List<NodeState> states = new ArrayList<>();
                    for (int i = 0; i < size; i++) {
                        int inFlight = random.nextInt(10);
                        load.add(i, inFlight);
                        states.add(NodeState.up(nodes.get(i)).with(NodeMetrics.of(inFlight, Double.NaN)));
                    }
                    random.shuffle(states);
                    RendezvousTable table = RendezvousTable.of(nodes, 1 + random.nextInt(8));
                    for (int i = 0; i < 50; i++) {
                        long key = random.nextLong();
                        int[] chosen = new int[4];
                        int count = table.pick(key, 4, load, chosen);
                        Placement placement = new RendezvousPlacement().place(new PlacementRequest(key, states, 4));
                        assertEquals(
                                placement.nodes(),
                                Arrays.stream(chosen, 0, count)
                                        .mapToObj(nodes::get)
                                        .toList());
                    }
                });
    }

    @Test
    void givesEachNodeItsShareByWeight() {
        Property.named("each node gets its share by weight").runs(5).maxSize(60).check((random, size) -> {
            List<Node> nodes = nodesOfWeights(random, size + 1);
            double weights = nodes.stream().mapToDouble(Node::weight).sum();
            int[] counts = firsts(nodes, random);
            for (int i = 0; i < nodes.size(); i++) {
                double expected = KEYS * nodes.get(i).weight() / weights;
                // Drawn twice, once per key and once per slot; six standard deviations.
                double allowed = 6 * Math.sqrt(expected * (1 + (double) KEYS / Roster.SLOTS));
                assertEquals(expected, counts[i], allowed, nodes.get(i).toString());
            }
        });
    }

    @Test
    void movesOnlyWhatTheNodeThatLeavesCarried() {
        Property.named("only keys of the node that leaves move").runs(5).check((random, size) -> {
            List<Node> all = nodesOfWeights(random, 100);
            int left = random.nextInt(100);
            List<Node> rest = new ArrayList<>(all);
            rest.remove(left);
            RendezvousTable before = RendezvousTable.of(all);
            RendezvousTable after = RendezvousTable.of(rest);
            int[] was = new int[3];
            int[] is = new int[3];
            for (int i = 0; i < KEYS / 10; i++) {
                long key = random.nextLong();
                before.pick(key, 3, null, was);
                after.pick(key, 3, null, is);
                List<Node> stayed = new ArrayList<>(chosen(all, was));
                stayed.remove(all.get(left));
                assertTrue(chosen(rest, is).containsAll(stayed), "all others stay");
            }
        });
    }

    @Test
    void movesLittleMoreThanTheShareOfANodeThatLeavesOrComesWhenLoadIsBounded() {
        Property.named("bounded load moves little more than a share").runs(5).check((random, size) -> {
            List<Node> all = Nodes.nodes(100);
            long[] keys = random.longs(20_000).toArray();
            int changed = random.nextInt(100);
            int[] with = assign(all, keys, -1);
            int[] without = assign(all, keys, changed);
            long own = Arrays.stream(with).filter(node -> node == changed).count();
            long moved = IntStream.range(0, keys.length)
                    .filter(i -> with[i] != without[i])
                    .count();
            assertTrue(moved <= 1.05 * own, moved + " moved, " + own + " its own");
        });
    }

    @Test
    void letsNoNodeCarryMoreThanItsBound() {
        Property.named("no node carries more than its bound")
                .runs(20)
                .maxSize(30)
                .check((random, size) -> {
                    List<Node> nodes = nodesOfWeights(random, size + 3);
                    double weights = nodes.stream().mapToDouble(Node::weight).sum();
                    BoundedLoad load = new BoundedLoad(nodes, 0.1);
                    RendezvousTable table = RendezvousTable.of(nodes);
                    int[] chosen = new int[1];
                    for (int taken = 1; taken <= 2000; taken++) {
                        table.pick(random.nextLong(), 1, load, chosen);
                        load.add(chosen[0], 1);
                        double bound =
                                Math.ceil(1.1 * taken * nodes.get(chosen[0]).weight() / weights);
                        int all = taken;
                        assertTrue(
                                load.load(chosen[0]) <= bound,
                                () -> chosen[0] + " carries " + load.load(chosen[0]) + " of " + all + ", bound " + bound
                                        + " " + nodes);
                    }
                });
    }

    @Test
    void keepsShardsInDifferentRacksWhereThereAreEnough() {
        List<Node> nodes = IntStream.range(0, 40)
                .mapToObj(i -> Nodes.node(i).within("rack" + i % 4, i == 0 ? "line" : ""))
                .toList();
        RendezvousTable table = RendezvousTable.of(nodes, 4);
        int[] chosen = new int[4];
        for (long key = 0; key < 2000; key++) {
            assertEquals(4, table.pick(key, 4, null, chosen));
            assertEquals(
                    4,
                    new HashSet<>(chosen(nodes, chosen).stream().map(Node::rack).toList()).size());
        }
    }

    @Test
    void refusesTwoNodesOfOneName() {
        List<Node> twice = List.of(Nodes.node(1), Nodes.node(1));
        assertThrows(IllegalArgumentException.class, () -> RendezvousTable.of(twice));
        assertThrows(IllegalArgumentException.class, () -> RendezvousTable.of(List.of()));
    }

    /** Where keys are when each has been looked at once more while all others were there. */
    private static int[] assign(List<Node> all, long[] keys, int absent) {
        List<Node> nodes = new ArrayList<>(all);
        if (absent >= 0) {
            nodes.remove(absent);
        }
        RendezvousTable table = RendezvousTable.of(nodes);
        BoundedLoad load = new BoundedLoad(nodes, BoundedLoad.DEFAULT_ABOVE_MEAN);
        int[] assigned = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            assigned[i] = place(table, keys[i], load);
        }
        for (int i = 0; i < keys.length; i++) {
            load.add(assigned[i], -1);
            assigned[i] = place(table, keys[i], load);
        }
        return Arrays.stream(assigned)
                .map(i -> absent >= 0 && i >= absent ? i + 1 : i)
                .toArray();
    }

    private static int place(RendezvousTable table, long key, BoundedLoad load) {
        int[] chosen = new int[1];
        table.pick(key, 1, load, chosen);
        load.add(chosen[0], 1);
        return chosen[0];
    }

    private static int[] firsts(List<Node> nodes, SeededRandom random) {
        RendezvousTable table = RendezvousTable.of(nodes);
        int[] counts = new int[nodes.size()];
        int[] chosen = new int[1];
        for (int i = 0; i < KEYS; i++) {
            table.pick(random.nextLong(), 1, null, chosen);
            counts[chosen[0]]++;
        }
        return counts;
    }

    private static List<Node> chosen(List<Node> nodes, int[] chosen) {
        return Arrays.stream(chosen).mapToObj(nodes::get).toList();
    }

    private static List<Node> nodesOfWeights(SeededRandom random, int count) {
        return Nodes.nodes(count).stream()
                .map(node -> node.withWeight(1 + random.nextInt(4)))
                .toList();
    }

    private static List<Node> variedNodes(SeededRandom random, int count) {
        return nodesOfWeights(random, count).stream()
                .map(node -> node.within(group("r", random), group("b", random)))
                .toList();
    }

    private static String group(String prefix, SeededRandom random) {
        int number = random.nextInt(6);
        return number == 0 ? "" : prefix + number;
    }
}
