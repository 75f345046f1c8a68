package io.foreshard.stackvirt.regret;

/**
 * What the decisions for a kind of stack cost, and what they would have cost otherwise. Counted from the start.
 *
 * @param exposed messages that waited for a stack
 * @param megabyteSeconds memory-time of all stacks
 * @param idleMegabyteSeconds of it, that of stacks that no message needed
 * @param starts stacks that were started
 * @param predictiveExposed messages that would have waited if prediction alone had decided
 * @param predictiveMegabyteSeconds its memory-time
 * @param predictiveStarts its starts
 * @param reactiveExposed messages that would have waited if the reactive policy alone had decided
 * @param reactiveMegabyteSeconds its memory-time
 * @param reactiveStarts its starts
 */
public record RegretReport(
        long exposed,
        double megabyteSeconds,
        double idleMegabyteSeconds,
        long starts,
        long predictiveExposed,
        double predictiveMegabyteSeconds,
        long predictiveStarts,
        long reactiveExposed,
        double reactiveMegabyteSeconds,
        long reactiveStarts) {

    /** Returns the share of memory-time in which stacks were needed; {@link Double#NaN} without any. */
    public double utility() {
        return 1 - idleMegabyteSeconds / megabyteSeconds;
    }

    /** Returns how many messages fewer than under the reactive policy waited; negative if more. */
    public long spared() {
        return reactiveExposed - exposed;
    }
}
