package io.foreshard.runtime;

/**
 * An exponentially weighted moving average: {@code average = (1 - weight) * average + weight * value}, started at the first value.
 *
 * <p>Single-threaded: belongs to one event loop.
 */
public final class Ewma {

    private final double weight;
    private double average = Double.NaN;

    /**
     * Makes an empty average.
     *
     * @param weight share of the newest value, above 0, at most 1
     * @throws IllegalArgumentException if the weight is outside
     */
    public Ewma(double weight) {
        Checks.require(weight > 0 && weight <= 1, "weight", weight, "> 0, <= 1");
        this.weight = weight;
    }

    /**
     * Takes a value. NaN and infinities are ignored, for one of them would stay for ever.
     *
     * @param value the newest value
     */
    public void update(double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        // Two products instead of a difference: the difference of two huge values may not be finite.
        average = isEmpty() ? value : (1 - weight) * average + weight * value;
    }

    /** {@return the average, or NaN when empty} */
    public double get() {
        return average;
    }

    /** {@return whether no value was taken yet} */
    public boolean isEmpty() {
        return Double.isNaN(average);
    }
}
