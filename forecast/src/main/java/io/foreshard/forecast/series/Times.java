package io.foreshard.forecast.series;

import java.time.Duration;
import java.time.Instant;

/** Nanoseconds since the epoch, kept within half the range of a long so that the difference of any two fits. */
final class Times {

    static final long MAX_NANOS = Long.MAX_VALUE / 2;
    static final String RANGE = "a time in the years 1824 to 2116";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Times() {}

    static boolean inRange(long nanos) {
        return nanos >= -MAX_NANOS && nanos <= MAX_NANOS;
    }

    static boolean inRange(Instant instant) {
        return Math.abs(instant.getEpochSecond()) < MAX_NANOS / NANOS_PER_SECOND;
    }

    static void requireInRange(String name, long nanos) {
        if (!inRange(nanos)) {
            throw new IllegalArgumentException(name + ": " + nanos + " (expected: " + RANGE + ")");
        }
    }

    static long nanos(String name, Instant instant) {
        if (!inRange(instant)) {
            throw new IllegalArgumentException(name + ": " + instant + " (expected: " + RANGE + ")");
        }
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    static long stepNanos(Duration step) {
        boolean tooLong = step.compareTo(Duration.ofNanos(MAX_NANOS)) > 0;
        if (step.isNegative() || step.isZero() || tooLong) {
            throw new IllegalArgumentException("step: " + step + " (expected: above 0, at most 146 years)");
        }
        return step.toNanos();
    }
}
