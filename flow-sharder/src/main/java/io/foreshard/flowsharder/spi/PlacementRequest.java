package io.foreshard.flowsharder.spi;

import java.util.List;

/**
 * Asks where shards are to go.
 *
 * @param key of the session or flow; the same key goes to the same nodes as long as nothing else changes
 * @param nodes all there are, each once, in any order
 * @param count how many shards, above 0
 */
public record PlacementRequest(long key, List<NodeState> nodes, int count) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the count is not above 0
     */
    public PlacementRequest {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + " (expected: > 0)");
        }
        nodes = List.copyOf(nodes);
    }
}
