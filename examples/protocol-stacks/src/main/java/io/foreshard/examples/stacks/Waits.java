package io.foreshard.examples.stacks;

import java.util.Arrays;

/** How long answers took. */
final class Waits {

    private final long[] sorted;

    private Waits(long[] sorted) {
        this.sorted = sorted;
    }

    /**
     * Takes a copy.
     *
     * @param millis in any order
     */
    static Waits ofMillis(long... millis) {
        long[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Waits(sorted);
    }

    /** Returns all, in seconds, in rising order. */
    double[] seconds() {
        return Arrays.stream(sorted).mapToDouble(millis -> millis / 1000.0).toArray();
    }

    /** Returns a quantile, in seconds; NaN without any answer. */
    double seconds(double level) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(level * sorted.length) - 1] / 1000.0;
    }
}
