package io.foreshard.addrsharding.spi;

import io.foreshard.runtime.Checks;

/**
 * What a subdivision is expected to want, for a {@link ShardCountPolicy}. Expectations may be {@link Double#NaN}, negative or infinite, as
 * forecasts may.
 *
 * @param score the demand score, such as predicted machines × predicted bandwidth
 * @param quantileAddresses how many addresses it will not exceed with the probability that is wanted
 * @param usedAddresses how many it uses now
 * @param shardAddresses how many addresses a shard has
 * @param maxShards how many shards it may have
 */
public record ShardDemand(
        double score, double quantileAddresses, double usedAddresses, double shardAddresses, int maxShards) {

    /**
     * Checks what is no expectation.
     *
     * @throws IllegalArgumentException if a shard has no addresses, fewer than none are used, or fewer than no shards may be had
     */
    public ShardDemand {
        Checks.inRange("usedAddresses", usedAddresses, 0, Double.MAX_VALUE);
        Checks.inRange("shardAddresses", shardAddresses, 1, Double.MAX_VALUE);
        Checks.notNegative("maxShards", maxShards);
    }
}
