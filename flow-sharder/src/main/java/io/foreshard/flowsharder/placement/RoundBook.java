package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.Move;
import io.foreshard.flowsharder.spi.MoveReason;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.PlacedShard;
import io.foreshard.flowsharder.spi.RebalanceRound;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One round: where shards are, with the moves decided so far. */
final class RoundBook {

    private final RebalanceRound round;
    private final Map<String, List<PlacedShard>> byNode = new HashMap<>();
    private final Map<Long, List<PlacedShard>> bySession = new HashMap<>();
    private final Map<String, Double> broughtLoad = new HashMap<>();
    private final Set<PlacedShard> moved = new HashSet<>();
    private final Map<Long, List<Node>> wentTo = new HashMap<>();
    private final List<Move> moves = new ArrayList<>();
    private int planned;

    RoundBook(RebalanceRound round) {
        this.round = round;
        for (PlacedShard shard : round.shards()) {
            byNode.computeIfAbsent(shard.nodeId(), x -> new ArrayList<>()).add(shard);
            bySession.computeIfAbsent(shard.session(), x -> new ArrayList<>()).add(shard);
        }
        byNode.values().forEach(shards -> shards.sort(heaviestFirst()));
    }

    private static Comparator<PlacedShard> heaviestFirst() {
        return Comparator.comparingDouble((PlacedShard shard) -> -shard.bytesPerSecond())
                .thenComparingLong(PlacedShard::session)
                .thenComparingInt(PlacedShard::shard);
    }

    long nowNanos() {
        return round.nowNanos();
    }

    /** Returns the names of all nodes that carry shards. */
    Set<String> carriers() {
        return byNode.keySet();
    }

    /** Returns the shards of a node that are still there, those that carry most first. */
    List<PlacedShard> shardsOn(String nodeId) {
        return byNode.getOrDefault(nodeId, List.of()).stream()
                .filter(shard -> !moved.contains(shard))
                .toList();
    }

    Collection<List<PlacedShard>> sessions() {
        return bySession.values();
    }

    boolean isMoved(PlacedShard shard) {
        return moved.contains(shard);
    }

    /** Returns the names of the nodes on which the other shards of its session are, or will be. */
    Set<String> nodesBeside(PlacedShard shard) {
        Set<String> nodes = new HashSet<>();
        for (PlacedShard other : bySession.getOrDefault(shard.session(), List.of())) {
            if (!moved.contains(other) && other.shard() != shard.shard()) {
                nodes.add(other.nodeId());
            }
        }
        wentTo.getOrDefault(shard.session(), List.of()).forEach(node -> nodes.add(node.id()));
        return nodes;
    }

    /** Returns by how much the load of a node rises when it takes a shard, as far as that can be told; else 0. */
    double loadBrought(PlacedShard shard, double loadThere, Node from, Node to) {
        double all = byNode.getOrDefault(shard.nodeId(), List.of()).stream()
                .mapToDouble(PlacedShard::bytesPerSecond)
                .sum();
        double brought = loadThere * shard.bytesPerSecond() / all * from.weight() / to.weight();
        return Double.isFinite(brought) ? brought : 0;
    }

    /** Returns the load that comes to a node by the moves decided so far. */
    double loadBroughtTo(Node node) {
        return broughtLoad.getOrDefault(node.id(), 0.0);
    }

    void move(PlacedShard shard, Node from, Node to, MoveReason reason, double brought) {
        moves.add(new Move(shard.session(), shard.shard(), from, to, reason));
        moved.add(shard);
        wentTo.computeIfAbsent(shard.session(), x -> new ArrayList<>()).add(to);
        broughtLoad.merge(to.id(), brought, Double::sum);
        planned += reason.isPlanned() ? 1 : 0;
    }

    int planned() {
        return planned;
    }

    List<Move> moves() {
        return List.copyOf(moves);
    }
}
