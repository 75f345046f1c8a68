package io.foreshard.jmh.stacks;

import java.util.Arrays;

/** Collects times of messages. */
final class Arrivals {

    private final long untilMillis;
    private long[] times = new long[1024];
    private int count;

    Arrivals(long untilMillis) {
        this.untilMillis = untilMillis;
    }

    void add(double atMillis) {
        if (atMillis >= 0 && atMillis < untilMillis) {
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = (long) atMillis;
        }
    }

    long[] sorted() {
        long[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
