package io.foreshard.forecast.baseline;

/** Checks of settings at the edge. */
final class Checks {

    static final int MAX_LENGTH = 1 << 20;

    private Checks() {}

    static int length(String name, int value) {
        if (value < 1 || value > MAX_LENGTH) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + MAX_LENGTH + ")");
        }
        return value;
    }
}
