package io.foreshard.simulator.link;

/** What an {@link ImpairedLink} does with one datagram. */
public sealed interface LinkDecision {

    /**
     * The datagram is not delivered.
     *
     * @param reason why
     */
    record Drop(DropReason reason) implements LinkDecision {}

    /**
     * The datagram is delivered.
     *
     * @param deliverNanos when, on the clock on which it was offered
     * @param lengthBytes how many of its first bytes are left; less than offered when it was truncated
     * @param corruptedBit the index of the bit that is flipped, counted from the first byte's lowest bit; -1 for none
     * @param duplicated whether it is delivered twice
     * @param mergedWithNext whether it is glued in front of the datagram that is delivered next, if one is under way by then
     * @param reordered whether later datagrams may overtake it
     */
    record Deliver(
            long deliverNanos,
            int lengthBytes,
            int corruptedBit,
            boolean duplicated,
            boolean mergedWithNext,
            boolean reordered)
            implements LinkDecision {}
}
