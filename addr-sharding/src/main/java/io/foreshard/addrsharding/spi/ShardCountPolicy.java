package io.foreshard.addrsharding.spi;

/** Decides how many shards a subdivision gets. A pure function, for any thread. */
@FunctionalInterface
public interface ShardCountPolicy {

    /**
     * Returns how many shards to have.
     *
     * @param demand what is expected
     * @return 0…{@link ShardDemand#maxShards()}
     */
    int count(ShardDemand demand);
}
