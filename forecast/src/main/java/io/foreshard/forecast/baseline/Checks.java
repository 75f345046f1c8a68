package io.foreshard.forecast.baseline;

import java.io.DataInput;
import java.io.IOException;

/** Checks of settings at the edge and of what a stream says. */
final class Checks {

    static final int MAX_LENGTH = 1 << 20;

    private Checks() {}

    static int length(String name, int value) {
        if (value < 1 || value > MAX_LENGTH) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + MAX_LENGTH + ")");
        }
        return value;
    }

    static int readLength(String name, DataInput in) throws IOException {
        int value = in.readInt();
        if (value < 1 || value > MAX_LENGTH) {
            throw new IOException(name + ": " + value + " (expected: 1 to " + MAX_LENGTH + ")");
        }
        return value;
    }

    static void readVersion(DataInput in, int expected) throws IOException {
        int version = in.readByte();
        if (version != expected) {
            throw new IOException("version: " + version + " (expected: " + expected + ")");
        }
    }
}
