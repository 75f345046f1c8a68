package io.foreshard.flowshaper.scheduling;

/**
 * Which flow it is: the whole 5-tuple. A class of its own so that the JVM keeps it apart from what changes: a flow is served with its
 * state alone, in the cache line or two that this takes.
 */
abstract class FlowIdentity {

    /* The upper halves stand first: those of IPv4 addresses are 0 and need not be compared. */
    final long sourceHigh;
    final long destinationHigh;
    final long sourceLow;
    final long destinationLow;
    final long rest;

    FlowIdentity(FlowKey key) {
        this.sourceHigh = key.sourceHigh;
        this.sourceLow = key.sourceLow;
        this.destinationHigh = key.destinationHigh;
        this.destinationLow = key.destinationLow;
        this.rest = key.rest;
    }

    final boolean isNamed(FlowKey key) {
        return rest == key.rest
                && sourceLow == key.sourceLow
                && destinationLow == key.destinationLow
                && (FlowKey.isIpv4(rest) || (sourceHigh == key.sourceHigh && destinationHigh == key.destinationHigh));
    }

    /** Returns whether it is the same flow, which was forgotten in between. */
    final boolean isNamedAs(FlowIdentity other) {
        return rest == other.rest
                && sourceLow == other.sourceLow
                && destinationLow == other.destinationLow
                && sourceHigh == other.sourceHigh
                && destinationHigh == other.destinationHigh;
    }
}
