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
     * this source} A window, not what is left of it. At most the quota of the source, and the greatest of:
     *
     * <ul>
     *   <li>its share, whatever others do: three eighths of the budget divided by the validated sources that are open;
     *   <li>for a source that holds something: the payload it holds, and an equal part of what is left of three eighths of the
     *       budget, divided by the sources that hold something;
     *   <li>for a source that holds nothing: one message of the largest size, if the free budget holds two of them or nobody
     *       holds anything.
     * </ul>
     *
     * The first two grant at most three quarters of the budget; the rest is for what shards cost beyond their payload.
     */
    long creditBytes();

    /**
     * {@return how many unfinished messages the engine will hold for this source} Never more than the delivered messages that it
     * is sure to remember, so that none of a window whose DONEs were all lost is delivered twice.
     */
    int creditMessages();

    /** {@return the bytes held for this source: retained capacity and the bookkeeping around it} */
    long heldBytes();

    /** {@return the unfinished messages held for this source} */
    int heldMessages();
}
