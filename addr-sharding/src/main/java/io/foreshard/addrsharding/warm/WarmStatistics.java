package io.foreshard.addrsharding.warm;

/**
 * What a {@link WarmPool} has and did.
 *
 * @param warm how many addresses can be handed out
 * @param cooling how many were released and rest
 * @param inUse how many are handed out
 * @param cold how many may be made warm
 * @param hits how many requests got an address
 * @param misses how many found none warm
 * @param coolingMisses how many found only such that cool
 * @param lateReleases how many releases came too late or twice
 */
public record WarmStatistics(
        long warm, long cooling, long inUse, long cold, long hits, long misses, long coolingMisses, long lateReleases) {

    /** Returns the share of requests that got an address, {@link Double#NaN} before the first. */
    public double hitRate() {
        return (double) hits / (hits + misses + coolingMisses);
    }
}
