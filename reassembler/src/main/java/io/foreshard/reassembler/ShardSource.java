package io.foreshard.reassembler;

/**
 * One sender of shards, as a {@link Reassembler} sees it. Opened and closed by its engine, confined to the engine's thread.
 * Implemented by this module only.
 */
public interface ShardSource {

    /** Tells that the sender is known to receive what is sent to it; it leaves the shared pool and may be asked for repair. */
    void validate();

    /**
     * Tells what is known of the path from the sender; the newest call counts. Values that cannot be are ignored.
     *
     * @param rttNanos smoothed round-trip time, above 0
     * @param rttVariationNanos its mean deviation, at least 0
     * @param lossRatio share of packets lost lately, 0…1
     */
    void onPath(long rttNanos, long rttVariationNanos, double lossRatio);

    /**
     * {@return the receive credit: bytes of unfinished messages, counted by their {@code total}, that the engine will hold for
     * this source} A window, not what is left of it. It is the quota of the source while less than half of the budget is used;
     * above that it shrinks in proportion to what is left of the budget, down to the source's fair share, but never below one
     * message of the largest size.
     */
    long creditBytes();

    /** {@return how many unfinished messages the engine will hold for this source} */
    int creditMessages();

    /** {@return the bytes held for this source: retained capacity and the bookkeeping around it} */
    long heldBytes();

    /** {@return the unfinished messages held for this source} */
    int heldMessages();
}
