package io.foreshard.shardcodec.spi;

/** What carries shards. */
public enum Carrier {
    /** Datagrams: a shard must fit the path MTU. */
    DATAGRAM,
    /** A byte stream: shards are frames of any size. */
    STREAM
}
