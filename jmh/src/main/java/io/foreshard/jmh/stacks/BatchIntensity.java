package io.foreshard.jmh.stacks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Batches that begin anywhere in their slot. How many there are in a slot and how large each is, is known when the slot begins; when one begins is not, but once it has begun its
 * messages come at its rate until the last.
 */
final class BatchIntensity implements Intensity {

    private final long slotMillis;
    private final double coldMillis;
    private final Map<Long, List<Batch>> slots = new HashMap<>();

    BatchIntensity(long slotMillis, double coldMillis) {
        this.slotMillis = slotMillis;
        this.coldMillis = coldMillis;
    }

    /** The messages of one kind in a batch. */
    private static final class Batch {
        private final long slot;
        private final double first;
        private double last;
        private int messages;

        Batch(long slot, double first) {
            this.slot = slot;
            this.first = first;
        }

        double perSecond() {
            return messages < 2 ? 0 : (messages - 1) * 1000 / Math.max(1, last - first);
        }
    }

    private Batch open = new Batch(Long.MIN_VALUE, 0);
    private long openNumber = Long.MIN_VALUE;

    /** Adds a message of a batch; those of one batch follow one another. */
    void add(long batch, long slotFrom, double atMillis) {
        if (batch != openNumber) {
            openNumber = batch;
            open = new Batch(slotFrom / slotMillis, atMillis);
            at(open.slot).add(open);
        }
        long reached = (long) atMillis / slotMillis;
        for (long slot = Math.max(open.slot, (long) open.last / slotMillis) + 1; slot <= reached; slot++) {
            at(slot).add(open);
        }
        open.last = atMillis;
        open.messages++;
    }

    private List<Batch> at(long slot) {
        return slots.computeIfAbsent(slot, x -> new ArrayList<>());
    }

    @Override
    public double perSecond(long nowMillis, long atMillis) {
        double sum = 0;
        for (Batch batch : slots.getOrDefault(nowMillis / slotMillis, List.of())) {
            sum += batch.first <= nowMillis && atMillis < batch.last ? batch.perSecond() : 0;
        }
        return sum;
    }

    @Override
    public double unforeseenPerSecond(long atMillis) {
        long slot = atMillis / slotMillis;
        double left = Math.max(1000, (slot + 1) * slotMillis - atMillis) / 1000.0;
        double sum = 0;
        for (Batch batch : slots.getOrDefault(slot, List.of())) {
            if (batch.slot == slot && batch.first > atMillis) {
                sum += Math.min(batch.messages, 1 + batch.perSecond() * coldMillis / 1000) / left;
            }
        }
        return sum;
    }
}
