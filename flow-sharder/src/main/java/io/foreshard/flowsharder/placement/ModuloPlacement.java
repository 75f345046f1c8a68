package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlacementConcession;
import io.foreshard.flowsharder.spi.PlacementPolicy;
import io.foreshard.flowsharder.spi.PlacementRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The literal rule: shard i goes to node {@code i mod n} of those that are up, in the order in which they are given, whatever the key, their
 * weight or their load. A flow may have more shards than there are nodes. Any node that comes or goes moves nearly all shards.
 */
public final class ModuloPlacement implements PlacementPolicy {

    /** Makes the policy. */
    public ModuloPlacement() {}

    @Override
    public Placement place(PlacementRequest request) {
        List<Node> nodes = request.nodes().stream()
                .filter(NodeState::isUp)
                .map(NodeState::node)
                .toList();
        int count = nodes.isEmpty() ? 0 : request.count();
        return new Placement(
                IntStream.range(0, count)
                        .mapToObj(shard -> nodes.get(shard % nodes.size()))
                        .toList(),
                nodes.size() < request.count() ? Set.of(PlacementConcession.TOO_FEW_NODES) : Set.of());
    }
}
