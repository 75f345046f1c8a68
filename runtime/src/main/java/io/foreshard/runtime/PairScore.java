package io.foreshard.runtime;

/** By how much one slot of a pair cost more than the other: mean and spread; old pairs fade. Not safe for use by several threads. */
final class PairScore {

    private static final double MEMORY_PAIRS = 100;

    private long count;
    private double weight;
    private double mean;
    private double squares;

    void add(double difference) {
        count++;
        double fade = 1 - 1 / MEMORY_PAIRS;
        weight = weight * fade + 1;
        double off = difference - mean;
        mean += off / weight;
        squares = squares * fade + off * (difference - mean);
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

    /** Returns the mean difference, {@link Double#NaN} without pairs. */
    double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /** Returns the standard error of the mean, {@link Double#NaN} below two pairs. */
    double error() {
        return count < 2 ? Double.NaN : Math.sqrt(squares / (weight - 1) / weight);
    }
}
