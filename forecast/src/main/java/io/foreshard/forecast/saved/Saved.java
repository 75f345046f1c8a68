package io.foreshard.forecast.saved;

import java.io.DataInput;
import java.io.IOException;

/** Values of a saved state, refused where no model writes them. */
public final class Saved {

    /** More steps than anything runs for, and exact as a double. */
    private static final long MAX_COUNT = 1L << 52;

    private Saved() {}

    /**
     * Reads a version byte.
     *
     * @param in stands at it
     * @param expected the only one that is understood
     * @throws IOException if the input fails or it is another one
     */
    public static void version(DataInput in, int expected) throws IOException {
        int version = in.readByte();
        if (version != expected) {
            throw new IOException("version: " + version + " (expected: " + expected + ")");
        }
    }

    /**
     * Reads a whole number.
     *
     * @param in stands at it
     * @param name what errors call it
     * @param least the least that is allowed
     * @param most the greatest that is allowed
     * @throws IOException if the input fails or it is out of range
     */
    public static int between(DataInput in, String name, int least, int most) throws IOException {
        int value = in.readInt();
        if (value < least || value > most) {
            throw new IOException(name + ": " + value + " (expected: " + least + "…" + most + ")");
        }
        return value;
    }

    /**
     * Reads a number of steps so far, which can go on to grow for as long as anything runs.
     *
     * @param in stands at it
     * @param name what errors call it
     * @throws IOException if the input fails, or it is negative or more than anything runs for
     */
    public static long count(DataInput in, String name) throws IOException {
        long value = in.readLong();
        if (value < 0 || value > MAX_COUNT) {
            throw new IOException(name + ": " + value + " (expected: 0…" + MAX_COUNT + ")");
        }
        return value;
    }

    /**
     * Reads a finite number.
     *
     * @param in stands at it
     * @param name what errors call it
     * @throws IOException if the input fails or it is not finite
     */
    public static double finite(DataInput in, String name) throws IOException {
        double value = in.readDouble();
        if (!Double.isFinite(value)) {
            throw new IOException(name + ": " + value + " (expected: finite)");
        }
        return value;
    }

    /**
     * Reads a finite number that is not negative: a magnitude, a mean of magnitudes, a share.
     *
     * @param in stands at it
     * @param name what errors call it
     * @throws IOException if the input fails, or it is negative or not finite
     */
    public static double magnitude(DataInput in, String name) throws IOException {
        double value = finite(in, name);
        if (value < 0) {
            throw new IOException(name + ": " + value + " (expected: >= 0)");
        }
        return value;
    }

    /**
     * Reads a finite number of a magnitude that leaves room to work with it: at most 1e301, while samples reach 1e300.
     *
     * @param in stands at it
     * @param name what errors call it
     * @throws IOException if the input fails or it is beyond that
     */
    public static double moderate(DataInput in, String name) throws IOException {
        double value = in.readDouble();
        if (!(Math.abs(value) <= 1e301)) {
            throw new IOException(name + ": " + value + " (expected: -1e301…1e301)");
        }
        return value;
    }

    /**
     * Reads finite numbers.
     *
     * @param in stands at the first
     * @param name what errors call them
     * @param values filled
     * @throws IOException if the input fails or one is not finite
     */
    public static void finite(DataInput in, String name, double[] values) throws IOException {
        for (int index = 0; index < values.length; index++) {
            values[index] = finite(in, name);
        }
    }
}
