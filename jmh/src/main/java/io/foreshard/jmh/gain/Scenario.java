package io.foreshard.jmh.gain;

import io.foreshard.simulator.link.CapacityTrace;
import java.util.function.LongFunction;

/**
 * A path whose capacity changes, and how busy it is.
 *
 * @param name kebab-case
 * @param roundTripMillis without a queue
 * @param load share of the mean capacity that is offered, headers not counted
 * @param capacity makes the trace of a seed, in bytes per second
 */
record Scenario(String name, int roundTripMillis, double load, LongFunction<CapacityTrace> capacity) {

    /** The greatest capacity of every scenario, 20 Mbit/s. */
    static final double LINK_BYTES_PER_SECOND = 2.5e6;

    /** One bandwidth-delay product of the whole link. */
    long queueBytes() {
        return (long) (LINK_BYTES_PER_SECOND * roundTripMillis / 1e3);
    }
}
