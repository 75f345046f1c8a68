package io.foreshard.forecast.series;

/**
 * The samples between two jumps of the clock.
 *
 * @param from index of the first sample
 * @param to index after the last sample
 * @param jumps how many jumps there are among all samples
 */
record Stretch(int from, int to, int jumps) {

    int length() {
        return to - from;
    }

    /** The stretch with the most samples, the latest of several. */
    static Stretch longest(long[] times, long stepNanos, long maxGapSteps) {
        int bestFrom = 0;
        int bestTo = 0;
        int from = 0;
        int jumps = 0;
        for (int i = 1; i <= times.length; i++) {
            boolean jump = i < times.length && (times[i] - times[i - 1]) / stepNanos > maxGapSteps;
            jumps += jump ? 1 : 0;
            if (jump || i == times.length) {
                if (i - from >= bestTo - bestFrom) {
                    bestFrom = from;
                    bestTo = i;
                }
                from = i;
            }
        }
        return new Stretch(bestFrom, bestTo, jumps);
    }
}
