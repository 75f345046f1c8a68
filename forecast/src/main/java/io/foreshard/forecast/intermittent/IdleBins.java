package io.foreshard.forecast.intermittent;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts of idle times, one bin per step, and of those beyond the last bin. All counts are halved when their sum reaches the
 * greatest, so that old idle times fade and nothing overflows.
 */
final class IdleBins {

    private final int[] counts;
    private final int mostSamples;
    private int inBounds;
    private int outOfBounds;
    private long sumOfSquares;

    IdleBins(int bins, int mostSamples) {
        counts = new int[bins];
        this.mostSamples = mostSamples;
    }

    int bins() {
        return counts.length;
    }

    int samples() {
        return inBounds + outOfBounds;
    }

    int outOfBounds() {
        return outOfBounds;
    }

    void record(long idleSteps) {
        if (samples() >= mostSamples) {
            halve();
        }
        if (idleSteps >= counts.length) {
            outOfBounds++;
        } else {
            int bin = (int) Math.max(0, idleSteps);
            sumOfSquares += 2L * counts[bin] + 1;
            counts[bin]++;
            inBounds++;
        }
    }

    private void halve() {
        outOfBounds /= 2;
        inBounds = 0;
        sumOfSquares = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            counts[bin] /= 2;
            inBounds += counts[bin];
            sumOfSquares += (long) counts[bin] * counts[bin];
        }
    }

    /** The standard deviation of the counts over their mean: 0 when they are level, √(bins - 1) when all are in one bin. */
    double variation() {
        if (inBounds == 0) {
            return 0;
        }
        double ratio = (double) counts.length * sumOfSquares / ((double) inBounds * inBounds);
        return Math.sqrt(Math.max(0, ratio - 1));
    }

    /** The first bin up to which at least the share of the idle times within bounds lies. */
    int percentile(double share) {
        double needed = Math.max(1, share * inBounds);
        long sum = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            sum += counts[bin];
            if (sum >= needed) {
                return bin;
            }
        }
        return counts.length - 1;
    }

    void save(DataOutput out) throws IOException {
        for (int count : counts) {
            out.writeInt(count);
        }
        out.writeInt(outOfBounds);
    }

    void restore(DataInput in) throws IOException {
        for (int bin = 0; bin < counts.length; bin++) {
            counts[bin] = Saved.between(in, "counts", 0, mostSamples - inBounds);
            inBounds += counts[bin];
            sumOfSquares += (long) counts[bin] * counts[bin];
        }
        outOfBounds = Saved.between(in, "outOfBounds", 0, mostSamples - inBounds);
    }
}
