package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.AddressFamily;

/**
 * What a subdivision has of a family, and why.
 *
 * @param subdivision its name
 * @param family of addresses
 * @param shards how many it may use
 * @param awaitedShards how many are assigned and not usable yet
 * @param inUse addresses that machines have
 * @param warm addresses that can be handed out at once
 * @param ordered addresses that are to be warm
 * @param cold addresses of its shards that are neither
 * @param backlog machines that wait
 * @param hits requests that found a warm address
 * @param misses requests that did not
 * @param reclaimed addresses that were taken back of machines that are gone
 * @param isRetiring whether it is not configured any more, and gives back what it has
 * @param lastPlan the last decision in words, empty before the first
 * @param lastRefusal why it did not get the shards that it asked for last, empty if it got them
 */
public record StockReport(
        String subdivision,
        AddressFamily family,
        int shards,
        int awaitedShards,
        long inUse,
        long warm,
        int ordered,
        long cold,
        int backlog,
        long hits,
        long misses,
        long reclaimed,
        boolean isRetiring,
        String lastPlan,
        String lastRefusal) {

    /** Returns the share of requests that found a warm address; 1 if there was none. */
    public double hitRate() {
        return hits + misses == 0 ? 1 : (double) hits / (hits + misses);
    }
}
