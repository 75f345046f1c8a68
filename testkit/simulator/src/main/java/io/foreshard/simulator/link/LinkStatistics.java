package io.foreshard.simulator.link;

import java.util.Map;

/**
 * What has passed one direction of a link so far.
 *
 * @param offeredDatagrams datagrams, or pieces of streams, that entered
 * @param offeredBytes their payload
 * @param deliveredDatagrams datagrams that came out; duplicates count, a merged pair counts once
 * @param deliveredBytes their payload
 * @param dropped how many were dropped, by reason; every reason is present
 * @param effects how many were damaged and delivered, by effect; every effect is present
 * @param heldBytes payload that is under way
 */
public record LinkStatistics(
        long offeredDatagrams,
        long offeredBytes,
        long deliveredDatagrams,
        long deliveredBytes,
        Map<DropReason, Long> dropped,
        Map<LinkEffect, Long> effects,
        long heldBytes) {

    /** Makes the maps immutable. */
    public LinkStatistics {
        dropped = Map.copyOf(dropped);
        effects = Map.copyOf(effects);
    }

    /**
     * Returns how many datagrams were dropped for one reason.
     *
     * @param reason the reason
     * @return a count
     */
    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /**
     * Returns how many delivered datagrams were damaged in one way.
     *
     * @param effect the damage
     * @return a count
     */
    public long count(LinkEffect effect) {
        return effects.getOrDefault(effect, 0L);
    }

    /**
     * Returns how many datagrams were dropped for whatever reason.
     *
     * @return a count
     */
    public long droppedDatagrams() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
