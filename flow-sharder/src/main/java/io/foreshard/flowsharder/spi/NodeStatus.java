package io.foreshard.flowsharder.spi;

/** Whether a node may carry shards. */
public enum NodeStatus {
    /** It carries shards and takes new ones. */
    UP,
    /** It carries shards until they have moved, and takes no new ones: it is about to be stopped. */
    DRAINING,
    /** It carries nothing. */
    DOWN
}
