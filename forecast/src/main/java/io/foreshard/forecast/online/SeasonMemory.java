package io.foreshard.forecast.online;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The newest value of each phase of a season. */
final class SeasonMemory {

    private final double[] values;
    private int phase;
    private int seen;

    SeasonMemory(int period) {
        values = new double[period];
    }

    SeasonMemory(SeasonMemory other) {
        values = other.values.clone();
        phase = other.phase;
        seen = other.seen;
    }

    /** Whether every phase has a value. */
    boolean isFull() {
        return seen == values.length;
    }

    /** The newest value of the phase some steps ahead, 1 for the next step. */
    double at(int ahead) {
        return values[(phase + ahead - 1) % values.length];
    }

    /** The newest value of the phase of the next step. */
    double next() {
        return values[phase];
    }

    void push(double value) {
        values[phase] = value;
        phase = phase + 1 == values.length ? 0 : phase + 1;
        seen = Math.min(seen + 1, values.length);
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(phase);
        out.writeInt(seen);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    void restore(DataInput in) throws IOException {
        phase = Saved.between(in, "phase", 0, values.length - 1);
        seen = Saved.between(in, "seen", 0, values.length);
        for (int index = 0; index < values.length; index++) {
            values[index] = Saved.moderate(in, "values");
        }
    }
}
