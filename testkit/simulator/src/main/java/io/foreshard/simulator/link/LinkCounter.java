package io.foreshard.simulator.link;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what passes a link. One thread writes, any thread reads: a reader may see a datagram offered that is not yet counted as
 * delivered.
 */
public final class LinkCounter {

    private final AtomicLong offeredDatagrams = new AtomicLong();
    private final AtomicLong offeredBytes = new AtomicLong();
    private final AtomicLong deliveredDatagrams = new AtomicLong();
    private final AtomicLong deliveredBytes = new AtomicLong();
    private final AtomicLong heldBytes = new AtomicLong();
    private final AtomicLongArray dropped = new AtomicLongArray(DropReason.values().length);
    private final AtomicLongArray effects = new AtomicLongArray(LinkEffect.values().length);

    /** Starts at zero. */
    public LinkCounter() {}

    /**
     * Counts an arrival.
     *
     * @param lengthBytes its payload
     */
    public void offered(int lengthBytes) {
        offeredDatagrams.incrementAndGet();
        offeredBytes.addAndGet(lengthBytes);
    }

    /**
     * Counts a departure.
     *
     * @param lengthBytes its payload
     */
    public void delivered(int lengthBytes) {
        deliveredDatagrams.incrementAndGet();
        deliveredBytes.addAndGet(lengthBytes);
    }

    /**
     * Counts a drop.
     *
     * @param reason why
     */
    public void dropped(DropReason reason) {
        dropped.incrementAndGet(reason.ordinal());
    }

    /**
     * Counts damage.
     *
     * @param effect which
     */
    public void effect(LinkEffect effect) {
        effects.incrementAndGet(effect.ordinal());
    }

    /**
     * Counts payload that enters or leaves what is held.
     *
     * @param bytes negative when it leaves
     * @return the payload held now
     */
    public long held(long bytes) {
        return heldBytes.addAndGet(bytes);
    }

    /**
     * Takes a snapshot.
     *
     * @return the counts so far
     */
    public LinkStatistics snapshot() {
        Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            drops.put(reason, dropped.get(reason.ordinal()));
        }
        Map<LinkEffect, Long> damages = new EnumMap<>(LinkEffect.class);
        for (LinkEffect effect : LinkEffect.values()) {
            damages.put(effect, effects.get(effect.ordinal()));
        }
        return new LinkStatistics(
                offeredDatagrams.get(),
                offeredBytes.get(),
                deliveredDatagrams.get(),
                deliveredBytes.get(),
                drops,
                damages,
                heldBytes.get());
    }
}
