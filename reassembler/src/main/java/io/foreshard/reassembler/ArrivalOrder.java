package io.foreshard.reassembler;

import java.util.Arrays;

/**
 * Tells which shards of a message are missing rather than late. Shards are sent in the order of their positions (block, index),
 * so one is missing when a number of later ones, the packet threshold, has arrived, or when a later one arrived long enough ago.
 *
 * <p>Keeps the positions of the latest shards, as many as the threshold, in descending order: the last of them is the border.
 * An arrival costs O(threshold) at most and O(1) in order.
 */
final class ArrivalOrder {

    /** Heap bytes at the smallest threshold. */
    static final int OVERHEAD_BYTES = 96;

    private static final int INITIAL_POSITIONS = 3;

    private int[] latest = new int[INITIAL_POSITIONS];
    private int size;
    private int expected;
    private int lostBelow;
    private int gapBelow;
    private int timedBelow;
    private long timedSinceNanos;

    static int position(int block, int index) {
        return block << 8 | index;
    }

    /**
     * Takes an arrival.
     *
     * @param position where the shard lies
     * @param following position of the shard after it
     * @param threshold packet threshold
     * @param nowNanos the time
     * @return whether the border moved
     */
    boolean add(int position, int following, int threshold, long nowNanos) {
        if (position > highest()) {
            if (position > expected) {
                onGap(position, nowNanos);
            }
            expected = following;
        }
        insert(position, threshold);
        return size >= threshold && raise(latest[threshold - 1]);
    }

    private void onGap(int position, long nowNanos) {
        gapBelow = position;
        if (timedBelow <= lostBelow) {
            timedBelow = position;
            timedSinceNanos = nowNanos;
        }
    }

    private void insert(int position, int threshold) {
        if (latest.length < threshold) {
            latest = Arrays.copyOf(latest, threshold);
        }
        if (size == latest.length && position <= latest[size - 1]) {
            return;
        }
        int at = Math.min(size, latest.length - 1);
        for (; at > 0 && latest[at - 1] < position; at--) {
            latest[at] = latest[at - 1];
        }
        latest[at] = position;
        size = Math.min(size + 1, latest.length);
    }

    private boolean raise(int border) {
        boolean raised = border > lostBelow;
        lostBelow = Math.max(lostBelow, border);
        return raised;
    }

    /** Returns when the time threshold moves the border, {@link Long#MAX_VALUE} if there is no gap above it. */
    long timedNanos(long thresholdNanos) {
        return timedBelow > lostBelow ? timedSinceNanos + thresholdNanos : Long.MAX_VALUE;
    }

    /** Moves the border if the time threshold has passed, and returns whether it did. */
    boolean expire(long nowNanos, long thresholdNanos) {
        if (nowNanos < timedNanos(thresholdNanos)) {
            return false;
        }
        raise(timedBelow);
        if (gapBelow > lostBelow) {
            timedBelow = gapBelow;
            timedSinceNanos = nowNanos;
        }
        return true;
    }

    /** Returns the position of the latest shard, negative if there is none. */
    int highest() {
        return size == 0 ? -1 : latest[0];
    }

    /** Returns the border: what is not here below this position is missing. */
    int lostBelow() {
        return lostBelow;
    }
}
