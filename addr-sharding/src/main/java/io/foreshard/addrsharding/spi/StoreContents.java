package io.foreshard.addrsharding.spi;

/**
 * What a store held when it was read.
 *
 * @param revision of the last change that is included, 0 if there was none
 * @param allocations how many living allocations there were
 * @param shardFloor the highest sequence of a shard that is free again, see {@link AllocationStore#append}
 * @param addressFloor the same of addresses
 */
public record StoreContents(long revision, long allocations, long shardFloor, long addressFloor) {

    /**
     * Returns the floor of a kind.
     *
     * @param kind shards or addresses
     */
    public long floor(AllocationKind kind) {
        return kind == AllocationKind.SHARD ? shardFloor : addressFloor;
    }
}
