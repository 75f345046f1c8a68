package io.foreshard.flowshaper.control;

/**
 * How many bytes had departed when, over the recent past, in fixed memory. Between entries departures count as even, before the oldest
 * as none. Entries closer together than the resolution become one. Times must not go back. Not safe for use by several threads.
 */
final class DepartureLog {

    private static final int ENTRIES = 256;
    /** Leaves room for entries that lie up to twice the resolution apart. */
    private static final int ENTRIES_PER_SPAN = 100;

    private final long[] nanos = new long[ENTRIES];
    private final double[] total = new double[ENTRIES];
    private int newest;
    private int count;

    /** Forgets everything and starts counting. */
    void restart(long nowNanos) {
        newest = 0;
        count = 1;
        nanos[0] = nowNanos;
        total[0] = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /**
     * Takes departures since the last entry.
     *
     * @param bytes not negative
     * @param spanNanos how far back questions will go
     */
    void add(long nowNanos, double bytes, double spanNanos) {
        double sum = total[newest] + bytes;
        int previous = (newest - 1) & (ENTRIES - 1);
        if (count < 2 || nanos[newest] - nanos[previous] >= spanNanos / ENTRIES_PER_SPAN) {
            newest = (newest + 1) & (ENTRIES - 1);
            count = Math.min(ENTRIES, count + 1);
        }
        nanos[newest] = nowNanos;
        total[newest] = sum;
    }

    /** Returns the bytes that had departed by then. */
    double totalAt(double atNanos) {
        int later = newest;
        for (int i = 0; i < count; i++) {
            int slot = (newest - i) & (ENTRIES - 1);
            if (nanos[slot] <= atNanos) {
                return slot == later ? total[slot] : between(slot, later, atNanos);
            }
            later = slot;
        }
        return total[later];
    }

    private double between(int slot, int later, double atNanos) {
        double share = (atNanos - nanos[slot]) / (nanos[later] - nanos[slot]);
        return total[slot] + Math.min(1, share) * (total[later] - total[slot]);
    }

    /**
     * Returns how long the queue of a server is after a span of time, of a constant capacity and filled by what departed here.
     *
     * @param queueNanos its length at first
     */
    double queueAfter(double queueNanos, double fromNanos, double toNanos, double bytesPerNano) {
        double queue = queueNanos;
        double at = fromNanos;
        double sum = totalAt(fromNanos);
        for (int i = count - 1; i >= 0; i--) {
            int slot = (newest - i) & (ENTRIES - 1);
            if (nanos[slot] > at && nanos[slot] < toNanos) {
                queue = Math.max(0, queue + (total[slot] - sum) / bytesPerNano - (nanos[slot] - at));
                at = nanos[slot];
                sum = total[slot];
            }
        }
        return at < toNanos ? Math.max(0, queue + (totalAt(toNanos) - sum) / bytesPerNano - (toNanos - at)) : queue;
    }
}
