package io.foreshard.transport;

/**
 * What the bottleneck is expected to pass in each of the coming planning intervals, as acknowledgements will show it, and how good such
 * expectations have been. Immutable.
 */
final class CapacityGuide {

    static final CapacityGuide NONE = new CapacityGuide(0, 1, new double[0], Double.NaN, 0);

    final long madeAtNanos;
    final long stepNanos;
    /** Error of past guides in units of the naive forecast's, NaN when not known. */
    final double scaledError;
    /** How many samples that rests on. */
    final long scored;

    private final double[] bytesPerSecond;

    CapacityGuide(long madeAtNanos, long stepNanos, double[] bytesPerSecond, double scaledError, long scored) {
        this.madeAtNanos = madeAtNanos;
        this.stepNanos = stepNanos;
        this.bytesPerSecond = bytesPerSecond;
        this.scaledError = scaledError;
        this.scored = scored;
    }

    /** Returns how many intervals are covered, 0 when nothing is expected. */
    int steps() {
        return bytesPerSecond.length;
    }

    /** Returns what is expected of an interval, the first one with 0; finite, not negative. */
    double bytesPerSecond(int step) {
        return bytesPerSecond[step];
    }

    double most() {
        double most = 0;
        for (double each : bytesPerSecond) {
            most = Math.max(most, each);
        }
        return most;
    }

    double least() {
        double least = Double.MAX_VALUE;
        for (double each : bytesPerSecond) {
            least = Math.min(least, each);
        }
        return least;
    }
}
