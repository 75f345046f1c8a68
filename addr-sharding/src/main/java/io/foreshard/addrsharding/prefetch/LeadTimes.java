package io.foreshard.addrsharding.prefetch;

import java.util.Arrays;

/** How long refills took: a high quantile of the newest ones. Confined to one thread. */
final class LeadTimes {

    private static final int KEPT = 128;
    private static final double LEVEL = 0.95;

    private final long[] newest = new long[KEPT];
    private final long leastMillis;
    private final long mostMillis;
    private long count;
    private long millis;

    /** Until the first refill the lead time is as configured. */
    LeadTimes(long firstMillis, long leastMillis, long mostMillis) {
        this.leastMillis = leastMillis;
        this.mostMillis = mostMillis;
        millis = within(firstMillis);
    }

    void add(long tookMillis) {
        newest[(int) (count % KEPT)] = tookMillis;
        count++;
        long[] sorted = Arrays.copyOf(newest, (int) Math.min(count, KEPT));
        Arrays.sort(sorted);
        millis = within(sorted[(int) Math.ceil(LEVEL * sorted.length) - 1]);
    }

    private long within(long value) {
        return Math.max(leastMillis, Math.min(mostMillis, value));
    }

    long millis() {
        return millis;
    }
}
