package io.foreshard.stackvirt.mux;

import io.foreshard.runtime.Checks;

/**
 * What is known of a stack beside its answers.
 *
 * @param weight how much it can do, compared with others of its kind; above 0, at most 1000
 * @param expectedInFlight how many messages it is forecast to have in flight soon; 0 if there is no forecast that is trusted
 * @param headroom which part is left of the scarcer of its processor time and memory, 0…1; 1 if not known
 */
public record StackCondition(double weight, double expectedInFlight, double headroom) {

    /** Nothing is known. */
    public static final StackCondition UNKNOWN = new StackCondition(1, 0, 1);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public StackCondition {
        Checks.inRange("weight", weight, Double.MIN_NORMAL, 1000);
        Checks.inRange("expectedInFlight", expectedInFlight, 0, 1e9);
        Checks.inRange("headroom", headroom, 0, 1);
    }
}
