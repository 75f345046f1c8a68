package io.foreshard.examples.addresses;

/**
 * The state of an engine at the end of a step.
 *
 * @param hours since the replay began
 * @param inUse addresses that machines have
 * @param warm addresses that can be handed out at once
 * @param ordered addresses that are to be warm
 * @param backlog machines that wait
 * @param hits requests so far that found a warm address
 * @param misses requests so far that did not
 * @param shards how many there are
 * @param routes the fewest prefixes that announce the shards of each subdivision
 */
record Sample(
        double hours,
        long inUse,
        long warm,
        long ordered,
        long backlog,
        long hits,
        long misses,
        int shards,
        int routes) {

    double idle() {
        return (double) warm + ordered;
    }
}
