package io.foreshard.jmh.lossy;

import java.util.stream.LongStream;

/** Exact percentiles by nearest rank: the smallest value that at least so many per cent do not exceed. */
public final class Percentile {

    private static final double PERCENT = 100;

    private Percentile() {}

    /** Returns a percentile, {@link Double#NaN} of nothing. */
    public static double of(LongStream values, double percent) {
        long[] sorted = values.sorted().toArray();
        int rank = (int) Math.ceil(percent / PERCENT * sorted.length);
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(rank, 1) - 1];
    }
}
