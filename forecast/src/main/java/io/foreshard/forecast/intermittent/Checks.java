package io.foreshard.forecast.intermittent;

import java.io.DataInput;
import java.io.IOException;

/** Checks of settings at the edge and of what a stream says. */
final class Checks {

    private Checks() {}

    static double gain(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: in (0, 1])");
        }
        return value;
    }

    static double readGain(DataInput in, String name) throws IOException {
        double value = in.readDouble();
        if (!(value > 0 && value <= 1)) {
            throw new IOException(name + ": " + value + " (expected: in (0, 1])");
        }
        return value;
    }

    /** The growth of the error of simple exponential smoothing (Hyndman et al. 2008, table 6.1). */
    static void writeGrowth(double[] factors, double gain) {
        for (int step = 0; step < factors.length; step++) {
            factors[step] = Math.sqrt(1 + step * gain * gain);
        }
    }
}
