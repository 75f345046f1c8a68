package io.foreshard.flowsharder.spi;

import java.util.List;
import java.util.Set;

/**
 * Where shards go.
 *
 * @param nodes the node of each shard, from shard 0 on; fewer than asked for where there are too few, empty where none is up
 * @param concessions what had to be given up
 */
public record Placement(List<Node> nodes, Set<PlacementConcession> concessions) {

    /** Copies list and set. */
    public Placement {
        nodes = List.copyOf(nodes);
        concessions = Set.copyOf(concessions);
    }
}
