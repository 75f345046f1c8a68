package io.foreshard.forecast.autoregression;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The usual size of the one-step errors, and which errors are outliers.
 *
 * <p>An error counts up to a limit of so many scales (Huber 1964). The limit doubles with each outlier in a row: a lone spike
 * hardly moves the scale, a lasting change does within a few steps.
 */
final class ErrorScale {

    private static final int MEMORY_STEPS = 100;
    private static final int MAX_DOUBLINGS = 1000;

    private final double limitFactor;
    private double scale;
    private int errors;
    private int outliersInRow;

    ErrorScale(double limitFactor) {
        this.limitFactor = limitFactor;
    }

    ErrorScale(ErrorScale other) {
        limitFactor = other.limitFactor;
        scale = other.scale;
        errors = other.errors;
        outliersInRow = other.outliersInRow;
    }

    double value() {
        return scale;
    }

    /** Returns the share of the error that counts, in (0, 1], and learns from that share. */
    double weigh(double error, double leastScale) {
        double magnitude = Math.abs(error);
        double limit = Math.max(scale, leastScale) * Math.scalb(limitFactor, outliersInRow);
        boolean outlier = magnitude > limit && limit > 0;
        outliersInRow = outlier ? Math.min(outliersInRow + 1, MAX_DOUBLINGS) : 0;
        double weight = outlier ? limit / magnitude : 1;
        errors = Math.min(errors + 1, MEMORY_STEPS);
        scale += (magnitude * weight - scale) / errors;
        return weight;
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(scale);
        out.writeInt(errors);
        out.writeInt(outliersInRow);
    }

    void restore(DataInput in) throws IOException {
        scale = Saved.magnitude(in, "scale");
        errors = Saved.between(in, "errors", 0, MEMORY_STEPS);
        outliersInRow = Saved.between(in, "outliersInRow", 0, MAX_DOUBLINGS);
    }
}
