package io.foreshard.forecast.autoregression;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Arrays of known length on a stream. */
final class Doubles {

    private Doubles() {}

    static void write(DataOutput out, double[] values) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    static void read(DataInput in, double[] values) throws IOException {
        for (int index = 0; index < values.length; index++) {
            values[index] = Saved.finite(in, "value");
        }
    }
}
