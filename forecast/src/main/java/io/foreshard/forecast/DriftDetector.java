package io.foreshard.forecast;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Tells when forecasts have become worse than they were: the test of Page (1954) and Hinkley (1971) on absolute errors, each
 * counted in slow mean absolute errors and at most {@value #MAX_RATIO} of them, so that one burst is no drift.
 */
final class DriftDetector {

    static final double TOLERATED = 0.25;
    static final double ALARM = 20;
    static final double MAX_RATIO = 4;
    private static final int MEMORY_STEPS = 500;
    private static final int MIN_STEPS = 50;

    private double meanError;
    private long count;
    private double excess;

    /** Takes the error of the newest step and says whether the alarm is due, on every step until a restart. */
    boolean learn(double error) {
        double size = Math.abs(error);
        count++;
        if (count > MIN_STEPS && meanError > 0) {
            double ratio = Math.min(MAX_RATIO, size / meanError);
            excess = Math.max(0, excess + ratio - 1 - TOLERATED);
        }
        meanError += (size - meanError) / Math.min(count, MEMORY_STEPS);
        return excess > ALARM;
    }

    void restart() {
        excess = 0;
        count = 0;
        meanError = 0;
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(meanError);
        out.writeLong(count);
        out.writeDouble(excess);
    }

    void restore(DataInput in) throws IOException {
        meanError = Saved.magnitude(in, "meanError");
        count = Saved.count(in, "count");
        excess = Saved.magnitude(in, "excess");
    }
}
