package io.foreshard.runtime;

/** Mean and spread of what the slots of one arm cost; old ones fade. Not safe for use by several threads. */
final class ArmScore {

    private static final double MEMORY_SLOTS = 100;

    private long count;
    private double weight;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double fade = 1 - 1 / MEMORY_SLOTS;
        weight = weight * fade + 1;
        double off = value - mean;
        mean += off / weight;
        squares = squares * fade + off * (value - mean);
    }

    void clear() {
        count = 0;
        weight = 0;
        mean = 0;
        squares = 0;
    }

    long count() {
        return count;
    }

    /** Returns the mean, {@link Double#NaN} without values. */
    double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /** Returns the variance of the mean, {@link Double#NaN} below two values. */
    double meanVariance() {
        return count < 2 ? Double.NaN : squares / (weight - 1) / weight;
    }
}
