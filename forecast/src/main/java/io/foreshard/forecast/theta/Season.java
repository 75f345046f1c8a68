package io.foreshard.forecast.theta;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Fixed seasonal indices, one per phase from the first step of the data on, and how they are put on. Immutable. */
final class Season {

    static final Season NONE = new Season(false, 0);

    private static final int MAX_PERIOD = 1 << 20;

    private final boolean multiplicative;
    private final double[] indices;

    Season(boolean multiplicative, double... indices) {
        this.multiplicative = multiplicative;
        this.indices = indices;
    }

    int period() {
        return indices.length;
    }

    boolean isNone() {
        return indices.length == 1;
    }

    boolean multiplicative() {
        return multiplicative;
    }

    double takeOff(double sample, int phase) {
        return multiplicative ? sample / indices[phase] : sample - indices[phase];
    }

    double putOn(double value, int phase) {
        return multiplicative ? value * indices[phase] : value + indices[phase];
    }

    /** The season of a series 2^exponent times as large. */
    Season times(int exponent) {
        if (multiplicative) {
            return this;
        }
        double[] scaled = new double[indices.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Math.scalb(indices[i], exponent);
        }
        return new Season(false, scaled);
    }

    int after(int phase) {
        return phase + 1 == indices.length ? 0 : phase + 1;
    }

    void save(DataOutput out) throws IOException {
        out.writeBoolean(multiplicative);
        out.writeInt(indices.length);
        for (double index : indices) {
            out.writeDouble(index);
        }
    }

    static Season load(DataInput in) throws IOException {
        boolean multiplicative = in.readBoolean();
        int period = in.readInt();
        if (period < 1 || period > MAX_PERIOD) {
            throw new IOException("period: " + period + " (expected: 1…" + MAX_PERIOD + ")");
        }
        double[] indices = new double[period];
        for (int i = 0; i < period; i++) {
            indices[i] = Saved.moderate(in, "indices");
        }
        return new Season(multiplicative, indices);
    }
}
