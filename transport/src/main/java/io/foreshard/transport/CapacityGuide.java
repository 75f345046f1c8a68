package io.foreshard.transport;

/**
 * What the bottleneck is expected to pass in each of the coming planning intervals, as acknowledgements will show it. Immutable.
 */
final class CapacityGuide {

    static final CapacityGuide NONE = new CapacityGuide(0, 1, new double[0], new double[0], new double[0]);

    private final long madeAtNanos;
    private final long stepNanos;
    private final double[] mean;
    private final double[] low;
    private final double[] high;

    CapacityGuide(long madeAtNanos, long stepNanos, double[] mean, double[] low, double[] high) {
        this.madeAtNanos = madeAtNanos;
        this.stepNanos = stepNanos;
        this.mean = mean;
        this.low = low;
        this.high = high;
    }

    int steps() {
        return mean.length;
    }

    long madeAtNanos() {
        return madeAtNanos;
    }

    long stepNanos() {
        return stepNanos;
    }

    double mean(int index) {
        return mean[index];
    }

    double low(int index) {
        return low[index];
    }

    double high(int index) {
        return high[index];
    }
}
