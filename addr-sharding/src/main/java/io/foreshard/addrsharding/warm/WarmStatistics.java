package io.foreshard.addrsharding.warm;

/**
 * What a {@link WarmPool} has and did.
 *
 * @param warm how many addresses can be handed out, those that cool included
 * @param inUse how many are handed out
 * @param retired how many were warm and are kept cold
 * @param hits how many requests got an address
 * @param misses how many found none warm
 * @param coolingMisses how many found only such that cool
 * @param lateReleases how many releases came too late or twice
 */
public record WarmStatistics(
        long warm, long inUse, long retired, long hits, long misses, long coolingMisses, long lateReleases) {

    /** Returns the share of requests that got an address, {@link Double#NaN} before the first. */
    public double hitRate() {
        return (double) hits / (double) (hits + misses + coolingMisses);
    }
}
