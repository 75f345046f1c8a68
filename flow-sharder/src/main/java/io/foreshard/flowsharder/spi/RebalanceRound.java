package io.foreshard.flowsharder.spi;

import java.util.List;

/**
 * What a {@link RebalancePolicy} looks at.
 *
 * @param nowNanos the engine's clock
 * @param shards all that may be moved: of one session, or of all sessions of an ingress
 * @param nodes all there are, each once; a shard may be on a node that is no more among them
 */
public record RebalanceRound(long nowNanos, List<PlacedShard> shards, List<NodeState> nodes) {

    /** Copies the lists. */
    public RebalanceRound {
        shards = List.copyOf(shards);
        nodes = List.copyOf(nodes);
    }
}
