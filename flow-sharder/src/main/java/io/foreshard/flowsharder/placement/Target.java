package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.MoveReason;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.PlacedShard;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where a shard goes that has to leave: apart from the others of its session, to who has room; as its key prefers, or to the idlest. */
final class Target {

    private final Map<String, NodeHistory> nodes = new HashMap<>();
    private final RoundBook book;
    private final MoveMemory memory;
    private final SteadySettings settings;

    Target(Collection<NodeHistory> nodes, RoundBook book, MoveMemory memory, SteadySettings settings) {
        nodes.forEach(node -> this.nodes.put(node.state().node().id(), node));
        this.book = book;
        this.memory = memory;
        this.settings = settings;
    }

    Optional<NodeHistory> of(PlacedShard shard, @Nullable NodeHistory from, MoveReason reason) {
        boolean mustLeave = reason == MoveReason.FAILED || reason == MoveReason.DRAINED;
        List<NodeHistory> preferred = preferred(shard);
        Set<String> beside = book.nodesBeside(shard);
        Comparator<NodeHistory> order = Comparator.<NodeHistory>comparingInt(node -> shared(node, beside))
                .thenComparing(node -> !fits(node, shard, from))
                .thenComparingDouble(node -> mustLeave ? 0 : pressureWith(node, shard, from));
        return preferred.stream()
                .filter(node -> mustLeave || isWorthIt(node, shard, from, beside))
                .min(order);
    }

    private List<NodeHistory> preferred(PlacedShard shard) {
        List<NodeHistory> up = nodes.values().stream()
                .filter(node -> node.state().isUp() && !node.state().node().id().equals(shard.nodeId()))
                .sorted(Comparator.comparing(node -> node.state().node().id()))
                .toList();
        short[] order =
                new Roster(up.stream().map(node -> node.state().node()).toList()).ranked(Roster.slot(shard.session()));
        return IntStream.range(0, order.length).mapToObj(i -> up.get(order[i])).toList();
    }

    private boolean isWorthIt(NodeHistory node, PlacedShard shard, @Nullable NodeHistory from, Set<String> beside) {
        return fits(node, shard, from)
                && !beside.contains(node.state().node().id())
                && !memory.hasLeft(shard, node.state().node().id());
    }

    private boolean fits(NodeHistory node, PlacedShard shard, @Nullable NodeHistory from) {
        return !node.isOverloaded()
                && !node.isDegraded(book.nowNanos())
                && !(pressureWith(node, shard, from) > settings.leaveLoad());
    }

    /** What is not known counts as none: who knows no loads gets no moves for their sake. */
    private double pressureWith(NodeHistory node, PlacedShard shard, @Nullable NodeHistory from) {
        Node to = node.state().node();
        double brought = from == null
                ? 0
                : book.loadBrought(shard, from.pressure(), from.state().node(), to);
        double pressure = Double.isNaN(node.pressure()) ? 0 : node.pressure();
        return pressure + book.loadBroughtTo(to) + brought;
    }

    private int shared(NodeHistory node, Set<String> beside) {
        Node candidate = node.state().node();
        return beside.stream()
                .mapToInt(id -> shared(candidate, id, nodes.get(id)))
                .max()
                .orElse(0);
    }

    private static int shared(Node candidate, String id, @Nullable NodeHistory other) {
        if (candidate.id().equals(id)) {
            return 3;
        }
        if (other == null) {
            return 0;
        }
        Node node = other.state().node();
        boolean isOneLine =
                !candidate.bottleneck().isEmpty() && candidate.bottleneck().equals(node.bottleneck());
        return isOneLine ? 2 : !candidate.rack().isEmpty() && candidate.rack().equals(node.rack()) ? 1 : 0;
    }
}
