package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.PlacedShard;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Which shards belong on nodes that are new or back: of each session that prefers such a node, the one whose node it prefers least. */
final class Uptake {

    private final Roster roster;
    private final Set<String> fresh;

    Uptake(Collection<NodeHistory> nodes, Set<String> fresh) {
        this.roster = new Roster(nodes.stream()
                .filter(node -> node.state().isUp())
                .map(node -> node.state().node())
                .sorted(Comparator.comparing(Node::id))
                .toList());
        this.fresh = fresh;
    }

    /** A shard and where it belongs. */
    record Wish(PlacedShard shard, Node to) {}

    Optional<Wish> wish(List<PlacedShard> session, RoundBook book) {
        short[] order = roster.ranked(Roster.slot(session.get(0).session()));
        List<String> preferred = IntStream.range(0, order.length)
                .mapToObj(i -> roster.node(order[i]).id())
                .toList();
        return IntStream.range(0, Math.min(session.size(), order.length))
                .mapToObj(i -> roster.node(order[i]))
                .filter(node -> fresh.contains(node.id()) && !isUsed(node, session, book))
                .findFirst()
                .flatMap(node -> leastPreferred(session, preferred, book).map(shard -> new Wish(shard, node)));
    }

    private static boolean isUsed(Node node, List<PlacedShard> session, RoundBook book) {
        return session.stream().anyMatch(shard -> shard.nodeId().equals(node.id()))
                || book.nodesBeside(session.get(0)).contains(node.id());
    }

    /** None if all are on nodes that the session prefers as well. */
    private static Optional<PlacedShard> leastPreferred(
            List<PlacedShard> session, List<String> preferred, RoundBook book) {
        return session.stream()
                .filter(shard -> !book.isMoved(shard) && preferred.indexOf(shard.nodeId()) >= session.size())
                .max(Comparator.comparingInt(shard -> preferred.indexOf(shard.nodeId())));
    }
}
