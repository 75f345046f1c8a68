package io.foreshard.addrsharding.prefetch;

import io.foreshard.runtime.RecentQuantile;

/** How long refills took: a high quantile of the newest ones, within limits. Confined to one thread. */
final class LeadTimes {

    private static final int KEPT = 128;
    private static final double LEVEL = 0.95;

    private final RecentQuantile took;
    private final long leastMillis;
    private final long mostMillis;

    /** Until the first refill the lead time is as configured. */
    LeadTimes(long firstMillis, long leastMillis, long mostMillis) {
        this.leastMillis = leastMillis;
        this.mostMillis = mostMillis;
        took = new RecentQuantile(LEVEL, KEPT, firstMillis);
    }

    void add(long tookMillis) {
        took.add(tookMillis);
    }

    long millis() {
        return Math.max(leastMillis, Math.min(mostMillis, took.value()));
    }
}
