package io.foreshard.addrsharding.spi;

/** What an {@link Allocation} is of. */
public enum AllocationKind {
    /** A range for a subdivision: an address shard. */
    SHARD,
    /** A single address within a shard, for one virtual machine. */
    ADDRESS
}
