package io.foreshard.flowsharder.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which shard of a session is on which node. Immutable: a change is a map with the next version.
 *
 * @param version counts changes; 0 for the map before the first
 * @param epoch fences what is over: tokens and changes of lower epochs are refused
 * @param nodes the node of each shard, from shard 0 on; a node may carry several
 */
public record ShardMap(long version, int epoch, List<Node> nodes) {

    /** The map before the first: no shards, version 0, epoch 0. */
    public static final ShardMap EMPTY = new ShardMap(0, 0, List.of());

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if version or epoch are below 0
     */
    public ShardMap {
        if (version < 0 || epoch < 0) {
            throw new IllegalArgumentException("version: " + version + ", epoch: " + epoch + " (expected: >= 0)");
        }
        nodes = List.copyOf(nodes);
    }

    /** Returns how many shards there are. */
    public int shardCount() {
        return nodes.size();
    }

    /**
     * Returns where a shard is.
     *
     * @param shard its number
     * @throws IndexOutOfBoundsException if there is none
     */
    public Node node(int shard) {
        return nodes.get(shard);
    }

    /**
     * Returns the numbers of the shards that a node carries, ascending.
     *
     * @param nodeId its name
     */
    public List<Integer> shardsOn(String nodeId) {
        return IntStream.range(0, nodes.size())
                .filter(shard -> nodes.get(shard).id().equals(nodeId))
                .boxed()
                .toList();
    }

    /**
     * Returns the next map, with other nodes.
     *
     * @param placed the node of each shard
     */
    public ShardMap withNodes(List<Node> placed) {
        return new ShardMap(version + 1, epoch, placed);
    }

    /**
     * Returns the next map, with one shard elsewhere.
     *
     * @param shard its number
     * @param to where it goes
     * @throws IndexOutOfBoundsException if there is no such shard
     */
    public ShardMap withMove(int shard, Node to) {
        List<Node> moved = new ArrayList<>(nodes);
        moved.set(shard, to);
        return withNodes(moved);
    }

    /** Returns the next map, in the next epoch: whoever holds an older one may change nothing any more. */
    public ShardMap withNextEpoch() {
        return new ShardMap(version + 1, epoch + 1, nodes);
    }
}
