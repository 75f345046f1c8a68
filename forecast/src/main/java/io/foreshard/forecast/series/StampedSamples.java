package io.foreshard.forecast.series;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Times ascending and their values; samples of the same time stay in the order in which they came. */
final class StampedSamples {

    private final long[] times;
    private final double[] values;

    private StampedSamples(long[] times, double[] values) {
        this.times = times;
        this.values = values;
    }

    static StampedSamples sorted(long[] times, double[] values, int size) {
        long[] ownTimes = Arrays.copyOf(times, size);
        double[] ownValues = Arrays.copyOf(values, size);
        if (!ascending(ownTimes)) {
            sort(ownTimes, ownValues);
        }
        return new StampedSamples(ownTimes, ownValues);
    }

    private static boolean ascending(long[] times) {
        for (int i = 1; i < times.length; i++) {
            if (times[i] < times[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private static void sort(long[] times, double[] values) {
        long[] givenTimes = times.clone();
        double[] givenValues = values.clone();
        int[] order = IntStream.range(0, times.length)
                .boxed()
                .sorted((a, b) -> Long.compare(givenTimes[a], givenTimes[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < order.length; i++) {
            times[i] = givenTimes[order[i]];
            values[i] = givenValues[order[i]];
        }
    }

    long[] times() {
        return times;
    }

    double[] values() {
        return values;
    }
}
