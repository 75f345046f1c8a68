package io.foreshard.runtime;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks of configuration, at the edge. Each returns its argument, so that a field can be final, and fails with
 * {@code name: value (expected: …)}. Stateless, any thread.
 */
public final class Checks {

    private static final int LONGEST_SHOWN = 256;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private Checks() {}

    /**
     * Checks that a value is above zero.
     *
     * @param name what the user calls it
     * @param value the value
     * @return the value
     * @throws IllegalArgumentException if it is not above zero
     */
    public static int positive(String name, int value) {
        require(value > 0, name, value, "> 0");
        return value;
    }

    /**
     * Checks that a value is above zero.
     *
     * @param name what the user calls it
     * @param value the value
     * @return the value
     * @throws IllegalArgumentException if it is not above zero
     */
    public static long positive(String name, long value) {
        require(value > 0, name, value, "> 0");
        return value;
    }

    /**
     * Checks that a value is not below zero.
     *
     * @param name what the user calls it
     * @param value the value
     * @return the value
     * @throws IllegalArgumentException if it is below zero
     */
    public static int notNegative(String name, int value) {
        require(value >= 0, name, value, ">= 0");
        return value;
    }

    /**
     * Checks that a value is not below zero.
     *
     * @param name what the user calls it
     * @param value the value
     * @return the value
     * @throws IllegalArgumentException if it is below zero
     */
    public static long notNegative(String name, long value) {
        require(value >= 0, name, value, ">= 0");
        return value;
    }

    /**
     * Checks that a value lies in a range.
     *
     * @param name what the user calls it
     * @param value the value
     * @param min smallest value allowed
     * @param max largest value allowed
     * @return the value
     * @throws IllegalArgumentException if it lies outside
     */
    public static int inRange(String name, int value, int min, int max) {
        inRange(name, (long) value, min, max);
        return value;
    }

    /**
     * Checks that a value lies in a range.
     *
     * @param name what the user calls it
     * @param value the value
     * @param min smallest value allowed
     * @param max largest value allowed
     * @return the value
     * @throws IllegalArgumentException if it lies outside
     */
    public static long inRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw failure(name, value, min + "…" + max);
        }
        return value;
    }

    /**
     * Checks that a value lies in a range; NaN does not.
     *
     * @param name what the user calls it
     * @param value the value
     * @param min smallest value allowed
     * @param max largest value allowed
     * @return the value
     * @throws IllegalArgumentException if it lies outside
     */
    public static double inRange(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw failure(name, value, min + "…" + max);
        }
        return value;
    }

    /**
     * Checks that a value is neither infinite nor NaN.
     *
     * @param name what the user calls it
     * @param value the value
     * @return the value
     * @throws IllegalArgumentException if it is not finite
     */
    public static double finite(String name, double value) {
        require(Double.isFinite(value), name, value, "a finite number");
        return value;
    }

    /**
     * Checks that a duration lies in a range.
     *
     * @param name what the user calls it
     * @param value the duration
     * @param min shortest duration allowed
     * @param max longest duration allowed
     * @return the duration in nanoseconds, {@link Long#MAX_VALUE} if it is longer than that
     * @throws IllegalArgumentException if it lies outside
     */
    public static long duration(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw failure(name, value, min + "…" + max);
        }
        return saturatedNanos(value);
    }

    /**
     * Checks any condition on a value.
     *
     * @param holds whether the value is allowed
     * @param name what the user calls it
     * @param value the value, for the message
     * @param expected what is allowed instead
     * @throws IllegalArgumentException if the condition does not hold
     */
    public static void require(boolean holds, String name, @Nullable Object value, String expected) {
        if (!holds) {
            throw failure(name, value, expected);
        }
    }

    /** Checks a condition on the state of an object rather than on an argument. */
    static void state(boolean holds, String name, @Nullable Object value, String expected) {
        if (!holds) {
            throw new IllegalStateException(message(name, value, expected));
        }
    }

    private static IllegalArgumentException failure(String name, @Nullable Object value, String expected) {
        return new IllegalArgumentException(message(name, value, expected));
    }

    private static String message(String name, @Nullable Object value, String expected) {
        return name + ": " + shown(String.valueOf(value)) + " (expected: " + expected + ")";
    }

    /** A value may come from a file or from a stranger: it neither fills a log nor moves the cursor of a terminal. */
    private static String shown(String value) {
        String start = value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + "…" : value;
        return CONTROL.matcher(start).replaceAll("\ufffd");
    }

    private static long saturatedNanos(Duration value) {
        try {
            return value.toNanos();
        } catch (ArithmeticException tooLong) {
            return value.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
