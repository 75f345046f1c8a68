package io.foreshard.forecast.series;

import java.util.Arrays;

/** Finds step and phase of a grid from ascending times. */
final class GridInference {

    private static final long[] UNITS = {
        1_000L, 1_000_000L, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L, 86_400_000_000_000L
    };
    private static final int[] ROUND = {1, 2, 5, 7, 10, 15, 20, 30, 50, 100, 200, 500};
    private static final double ROUND_TOLERANCE = 0.01;

    private GridInference() {}

    static long stepNanos(long[] times) {
        long[] distances = distances(times);
        if (distances.length == 0) {
            throw new IllegalArgumentException(
                    "step: cannot be inferred from one time (expected: at least 2 distinct times, or a given step)");
        }
        Arrays.sort(distances);
        long median = distances[(distances.length - 1) / 2];
        boolean exact = 2 * longestRun(distances, median) >= distances.length;
        return exact ? median : roundedStep(median);
    }

    private static long[] distances(long[] times) {
        long[] distances = new long[times.length];
        int count = 0;
        for (int i = 1; i < times.length; i++) {
            long distance = times[i] - times[i - 1];
            if (distance > 0) {
                distances[count++] = distance;
            }
        }
        return Arrays.copyOf(distances, count);
    }

    private static long longestRun(long[] sorted, long value) {
        long count = 0;
        for (long item : sorted) {
            count += item == value ? 1 : 0;
        }
        return count;
    }

    private static long roundedStep(long median) {
        for (long unit : UNITS) {
            for (int times : ROUND) {
                double distance = Math.abs((double) (median - unit * times));
                if (distance <= ROUND_TOLERANCE * unit * times) {
                    return unit * times;
                }
            }
        }
        return median;
    }

    /** The offset within a step at which most samples stand, else the circular mean of the offsets. */
    static long phaseNanos(long[] times, Stretch stretch, long stepNanos) {
        long[] offsets = new long[stretch.length()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = Math.floorMod(times[stretch.from() + i], stepNanos);
        }
        Arrays.sort(offsets);
        long median = offsets[(offsets.length - 1) / 2];
        boolean exact = 2 * longestRun(offsets, median) >= offsets.length;
        return exact ? median : circularMean(offsets, stepNanos);
    }

    private static long circularMean(long[] offsets, long stepNanos) {
        double sine = 0;
        double cosine = 0;
        for (long offset : offsets) {
            double angle = 2 * Math.PI * offset / stepNanos;
            sine += Math.sin(angle);
            cosine += Math.cos(angle);
        }
        double share = Math.atan2(sine, cosine) / (2 * Math.PI);
        return Math.floorMod(Math.round(share * stepNanos), stepNanos);
    }
}
