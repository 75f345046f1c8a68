package io.foreshard.flowsharder.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.spi.Move;
import io.foreshard.flowsharder.spi.MoveReason;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeMetrics;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.NodeStatus;
import io.foreshard.flowsharder.spi.PlacedShard;
import io.foreshard.flowsharder.spi.PlacementRequest;
import io.foreshard.flowsharder.spi.RebalanceRound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SteadyRebalancePolicyTest {

    private final SteadyRebalancePolicy policy = SteadyRebalancePolicy.builder().build();
    private final List<NodeState> nodes = new ArrayList<>();
    private final List<PlacedShard> shards = new ArrayList<>();
    private long nowNanos = 3_600_000_000_000L;

    @Test
    void movesAllShardsOfANodeThatIsDownAtOnceAndApart() {
        start(6);
        for (int session = 0; session < 5; session++) {
            put(session, 0, 0, 1);
            put(session, 1, 1, 1);
        }
        round();
        nodes.set(0, nodes.get(0).with(NodeStatus.DOWN));
        List<Move> moves = round();
        assertEquals(5, moves.size());
        assertTrue(moves.stream().allMatch(move -> move.reason() == MoveReason.FAILED));
        assertTrue(moves.stream().noneMatch(move -> move.to().id().matches("n[01]")), moves.toString());
    }

    @Test
    void movesShardsOfANodeThatIsNoMoreThere() {
        start(3);
        put(1, 0, 2, 1);
        round();
        nodes.remove(2);
        assertEquals(List.of(MoveReason.FAILED), reasons(round()));
    }

    @Test
    void drainsAsManyPerRoundAsItMay() {
        start(6);
        for (int session = 0; session < 5; session++) {
            put(session, 0, 0, 1);
        }
        nodes.set(0, nodes.get(0).with(NodeStatus.DRAINING));
        assertEquals(List.of(MoveReason.DRAINED, MoveReason.DRAINED), reasons(round()));
        round();
        round();
        assertEquals(List.of(), round());
        assertTrue(shards.stream().noneMatch(shard -> shard.nodeId().equals("n0")));
    }

    @Test
    void relievesANodeThatHasBeenTooBusyForAWhileAndNotOneThatWasForAMoment() {
        startBusy(0.9, 0.3, 0.2);
        assertEquals(List.of(), round());
        nodes.set(0, Nodes.loaded(Nodes.node(0), 0.6));
        assertEquals(List.of(), round());
        nodes.set(0, Nodes.loaded(Nodes.node(0), 0.9));
        assertEquals(List.of(), round());
        assertEquals(List.of(), round());
        Move move = round().get(0);
        assertEquals(MoveReason.OVERLOADED, move.reason());
        assertEquals("n2", move.to().id());
    }

    @Test
    void goesOnUntilTheLoadIsBelowTheLowerLimit() {
        startBusy(0.9, 0.3, 0.2);
        List<Move> moves = rounds(3);
        nodes.set(0, Nodes.loaded(Nodes.node(0), 0.75));
        moves.addAll(rounds(2));
        assertEquals(2, moves.size(), "between the limits it gives on");
        nodes.set(0, Nodes.loaded(Nodes.node(0), 0.65));
        assertEquals(List.of(), rounds(10));
    }

    @Test
    void movesNothingWhereNobodyHasRoom() {
        startBusy(0.9, 0.69, 0.69);
        assertEquals(List.of(), rounds(10));
    }

    @Test
    void drainsANodeBeforeItIsTooBusyWhenThatIsForecast() {
        startBusy(0.5, 0.3, 0.2);
        nodes.set(0, nodes.get(0).expecting(0.95));
        assertEquals(List.of(MoveReason.FORECAST_OVERLOAD), reasons(rounds(3)));
        nodes.set(0, nodes.get(0).expecting(Double.NaN));
        assertEquals(List.of(), rounds(5));
    }

    @Test
    void leavesANodeThatHasBecomeSlowAndReturnsWhenItIsFastAgain() {
        start(4);
        latencies(10, 10, 10, 10);
        int first = preferredBy(1);
        put(1, 0, first, 1);
        rounds(3);
        nodes.set(first, nodes.get(first).with(NodeMetrics.of(1, 50)));
        assertEquals(List.of(MoveReason.DEGRADED), reasons(rounds(4)));
        assertEquals(List.of(), rounds(100));
        nodes.set(first, nodes.get(first).with(NodeMetrics.of(1, 10)));
        List<Move> back = rounds(100);
        assertEquals(List.of(MoveReason.TAKEN_UP), reasons(back));
        assertEquals("n" + first, back.get(0).to().id());
    }

    @Test
    void staysWhereItIsWhenAllBecomeSlowAtOnce() {
        start(4);
        latencies(10, 10, 10, 10);
        put(1, 0, 0, 1);
        rounds(3);
        latencies(50, 50, 50, 10);
        assertEquals(List.of(), rounds(20));
    }

    @Test
    void leavesANodeOverWhichLessGetsThroughThanUsual() {
        start(3);
        shards.add(new PlacedShard(1, 0, "n0", 1000, true, 0));
        rounds(3);
        shards.set(0, new PlacedShard(1, 0, "n0", 400, true, 0));
        assertEquals(List.of(MoveReason.DEGRADED), reasons(rounds(4)));
    }

    @Test
    void doesNotTakeAQuietFlowForASlowNode() {
        start(3);
        shards.add(new PlacedShard(1, 0, "n0", 1000, true, 0));
        rounds(3);
        shards.set(0, new PlacedShard(1, 0, "n0", 10, false, 0));
        assertEquals(List.of(), rounds(10));
    }

    @Test
    void letsRunningSessionsTakeUpANewNodeWhereTheyPreferIt() {
        start(5);
        for (int session = 0; session < 40; session++) {
            place(session);
        }
        rounds(10);
        nodes.add(NodeState.up(Nodes.node(5)));
        Set<String> preferring = shards.stream()
                .map(PlacedShard::session)
                .distinct()
                .filter(session ->
                        choice(session).stream().anyMatch(node -> node.id().equals("n5")))
                .map(String::valueOf)
                .collect(Collectors.toSet());
        List<Move> moves = rounds(60);
        assertTrue(moves.stream()
                .allMatch(move ->
                        move.reason() == MoveReason.TAKEN_UP && move.to().id().equals("n5")));
        assertEquals(
                preferring,
                moves.stream().map(move -> String.valueOf(move.session())).collect(Collectors.toSet()));
        assertEquals(preferring.size(), moves.size());
        for (int session = 0; session < 40; session++) {
            assertEquals(new HashSet<>(choice(session)), nodesOf(session), "as if placed anew");
        }
    }

    @Test
    void waitsLongerForANodeThatFailsAgainAndAgain() {
        start(2);
        int first = preferredBy(1);
        put(1, 0, first, 1);
        rounds(3);
        List<Integer> waits = new ArrayList<>();
        for (int failure = 0; failure < 4; failure++) {
            nodes.set(first, nodes.get(first).with(NodeStatus.DOWN));
            rounds(10);
            nodes.set(first, nodes.get(first).with(NodeStatus.UP));
            int waited = 0;
            while (round().isEmpty()) {
                waited++;
            }
            waits.add(waited);
        }
        assertTrue(waits.get(3) >= 4 * waits.get(0), waits.toString());
    }

    @Test
    void refusesLimitsThatCannotBe() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SteadyRebalancePolicy.builder().loads(0.5, 0.6).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> SteadyRebalancePolicy.builder().degradedFactor(1).build());
    }

    private void start(int count) {
        nodes.addAll(Nodes.up(Nodes.nodes(count)));
    }

    private void startBusy(double... loads) {
        for (int i = 0; i < loads.length; i++) {
            nodes.add(Nodes.loaded(Nodes.node(i), loads[i]));
        }
        for (int session = 0; session < 8; session++) {
            put(session, 0, 0, 1);
        }
        round();
    }

    private void latencies(double... nanos) {
        for (int i = 0; i < nanos.length; i++) {
            nodes.set(i, nodes.get(i).with(NodeMetrics.of(1, nanos[i])));
        }
    }

    private void put(long session, int shard, int node, double bytesPerSecond) {
        shards.add(new PlacedShard(session, shard, "n" + node, bytesPerSecond, false, 0));
    }

    private void place(long session) {
        List<Node> chosen = choice(session);
        for (int shard = 0; shard < chosen.size(); shard++) {
            shards.add(new PlacedShard(session, shard, chosen.get(shard).id(), 1, false, 0));
        }
    }

    private List<Node> choice(long session) {
        return new RendezvousPlacement()
                .place(new PlacementRequest(session, nodes, 2))
                .nodes();
    }

    private Set<Node> nodesOf(long session) {
        return shards.stream()
                .filter(shard -> shard.session() == session)
                .map(shard -> nodes.stream()
                        .map(NodeState::node)
                        .filter(node -> node.id().equals(shard.nodeId()))
                        .findFirst()
                        .orElseThrow())
                .collect(Collectors.toSet());
    }

    private int preferredBy(long session) {
        return Integer.parseInt(choice(session).get(0).id().substring(1));
    }

    private List<Move> rounds(int count) {
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            moves.addAll(round());
        }
        return moves;
    }

    /** One round a second; moves are carried out. */
    private List<Move> round() {
        nowNanos += 1_000_000_000L;
        List<Move> moves = policy.rebalance(new RebalanceRound(nowNanos, shards, nodes));
        for (Move move : moves) {
            shards.replaceAll(shard -> shard.session() == move.session() && shard.shard() == move.shard()
                    ? new PlacedShard(
                            shard.session(),
                            shard.shard(),
                            move.to().id(),
                            shard.bytesPerSecond(),
                            shard.isBusy(),
                            nowNanos)
                    : shard);
        }
        return moves;
    }

    private static List<MoveReason> reasons(List<Move> moves) {
        return moves.stream().map(Move::reason).toList();
    }
}
