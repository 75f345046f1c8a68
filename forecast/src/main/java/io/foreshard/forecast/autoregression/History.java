package io.foreshard.forecast.autoregression;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A ring of the newest values of a series, as long as the greatest lag, that knows which of them were forecasts put in for missing
 * samples.
 */
final class History {

    private final double[] values;
    private final boolean[] filled;
    private int newest;
    private int length;

    History(int capacity) {
        values = new double[capacity];
        filled = new boolean[capacity];
    }

    History(History other) {
        values = other.values.clone();
        filled = other.filled.clone();
        newest = other.newest;
        length = other.length;
    }

    void push(double value, boolean isFilled) {
        newest = newest + 1 == values.length ? 0 : newest + 1;
        values[newest] = value;
        filled[newest] = isFilled;
        length = Math.min(length + 1, values.length);
    }

    /** Whether the value at a lag was ever pushed; lag 1 is the newest. */
    boolean has(int lag) {
        return lag <= length;
    }

    double at(int lag) {
        return values[index(lag)];
    }

    boolean isFilled(int lag) {
        return filled[index(lag)];
    }

    private int index(int lag) {
        int index = newest + 1 - lag;
        return index < 0 ? index + values.length : index;
    }

    void save(DataOutput out) throws IOException {
        Doubles.write(out, values);
        for (boolean flag : filled) {
            out.writeBoolean(flag);
        }
        out.writeInt(newest);
        out.writeInt(length);
    }

    void restore(DataInput in) throws IOException {
        Doubles.read(in, values);
        for (int index = 0; index < filled.length; index++) {
            filled[index] = in.readBoolean();
        }
        newest = Saved.between(in, "newest", 0, values.length - 1);
        length = Saved.between(in, "length", 0, values.length);
    }
}
