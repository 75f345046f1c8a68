package io.foreshard.simulator.link;

import java.time.Duration;

/** Configuration errors that tell what to change. */
final class Checks {

    private Checks() {}

    static void that(boolean condition, String name, Object value, String expected) {
        if (!condition) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    static void probability(String name, double value) {
        that(value >= 0 && value <= 1, name, value, "0 <= " + name + " <= 1");
    }

    static void positiveProbability(String name, double value) {
        that(value > 0 && value <= 1, name, value, "0 < " + name + " <= 1");
    }

    static long nonNegativeNanos(String name, Duration value) {
        that(!value.isNegative(), name, value, ">= 0");
        return value.toNanos();
    }

    static long positiveNanos(String name, Duration value) {
        that(!value.isNegative() && !value.isZero(), name, value, "> 0");
        return value.toNanos();
    }
}
