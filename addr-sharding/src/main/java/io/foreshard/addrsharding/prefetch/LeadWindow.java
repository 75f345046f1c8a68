package io.foreshard.addrsharding.prefetch;

/**
 * How much was asked for within the last lead time, and the most that this came to within a step. Time is cut into buckets, so a window is
 * up to one bucket longer. Confined to one thread; O(1) but where much time has passed.
 */
final class LeadWindow {

    private static final int BUCKETS = 512;

    private final int[] buckets = new int[BUCKETS];
    private final long bucketMillis;
    private long newest = Long.MIN_VALUE;
    private int width = 1;
    private long sum;
    private long peak;

    LeadWindow(long mostLeadMillis) {
        bucketMillis = Math.max(1, mostLeadMillis / (BUCKETS - 2) + 1);
    }

    void add(long nowMillis, long leadMillis, int count) {
        advance(nowMillis, leadMillis);
        buckets[(int) Math.floorMod(newest, (long) BUCKETS)] += count;
        sum += count;
        peak = Math.max(peak, sum);
    }

    /** Returns the most within any lead time that ended since the last call; what is still in the window counts for the next one too. */
    long takePeak(long nowMillis, long leadMillis) {
        advance(nowMillis, leadMillis);
        long most = peak;
        peak = sum;
        return most;
    }

    private void advance(long nowMillis, long leadMillis) {
        long bucket = Math.floorDiv(nowMillis, bucketMillis);
        if (newest == Long.MIN_VALUE) {
            newest = bucket;
        }
        long from = Math.max(newest + 1, bucket - BUCKETS + 1);
        for (long fresh = from; fresh <= bucket; fresh++) {
            buckets[(int) Math.floorMod(fresh, (long) BUCKETS)] = 0;
        }
        if (bucket > newest) {
            newest = bucket;
        }
        width = (int) Math.min(BUCKETS - 1, Math.max(1, (leadMillis + bucketMillis - 1) / bucketMillis));
        sum = 0;
        for (int i = 0; i < width; i++) {
            sum += buckets[(int) Math.floorMod(newest - i, (long) BUCKETS)];
        }
    }
}
