package io.foreshard.jmh.stacks;

import java.util.List;
import java.util.Optional;

/**
 * Messages for the stacks of one machine.
 *
 * @param name of the case
 * @param kinds the kinds of stack
 * @param scoredFromMillis before that, policies learn and nothing counts
 * @param untilMillis the end
 */
record StackDemand(String name, List<Kind> kinds, long scoredFromMillis, long untilMillis) {

    /**
     * The messages of one kind.
     *
     * @param name of the kind
     * @param arrivals ascending, in milliseconds
     * @param serviceMillis mean time of an answer
     * @param maxInFlight how many one stack has at a time
     * @param megabytes that one takes
     * @param intensity what the messages are drawn from, where that is known
     */
    @SuppressWarnings("ArrayRecordComponent") // Millions of times, and never compared.
    record Kind(
            String name,
            long[] arrivals,
            double serviceMillis,
            int maxInFlight,
            double megabytes,
            Optional<Intensity> intensity) {}
}
