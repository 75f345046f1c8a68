package io.foreshard.runtime;

import java.util.Arrays;

/**
 * A quantile of the newest samples, such as how long something took lately. Exact: the smallest of them that at least the given share does not
 * exceed. Each sample costs a copy of those that are kept, and sorting it. Confined to one thread.
 */
public final class RecentQuantile {

    private static final int MOST_KEPT = 1 << 16;

    private final double level;
    private final long[] newest;
    private long count;
    private long value;

    /**
     * Makes one without samples.
     *
     * @param level of the quantile, above 0 and up to 1
     * @param kept how many of the newest samples count, 1…65 536
     * @param first what is told until the first sample comes
     * @throws IllegalArgumentException if a value is out of range
     */
    public RecentQuantile(double level, int kept, long first) {
        this.level = Checks.inRange("level", level, Double.MIN_NORMAL, 1);
        newest = new long[Checks.inRange("kept", kept, 1, MOST_KEPT)];
        value = first;
    }

    /**
     * Takes a sample.
     *
     * @param sample in any unit
     */
    public void add(long sample) {
        newest[(int) (count++ % newest.length)] = sample;
        long[] sorted = Arrays.copyOf(newest, (int) Math.min(count, newest.length));
        Arrays.sort(sorted);
        value = sorted[(int) Math.ceil(level * sorted.length) - 1];
    }

    /** Returns the quantile, in the unit of the samples. */
    public long value() {
        return value;
    }
}
