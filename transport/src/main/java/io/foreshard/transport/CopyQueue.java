package io.foreshard.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Copies of shards that are to leave a little later than the shards themselves, so that one burst of loss does not take both; and empty
 * probes that follow the end of a message. Leaves in the order in which they were added. A ring that refuses when it is full;
 * allocates once. Confined to one event loop.
 */
final class CopyQueue {

    private static final int CAPACITY = 128;

    private @Nullable OutboundBlock[] blocks = new OutboundBlock[0];
    private int[] tags = new int[0];
    private long[] dueNanos = new long[0];
    private TransportReason[] reasons = new TransportReason[0];
    private int head;
    private int size;

    /** Adds a copy of a shard; one that finds no room is left out. */
    void add(OutboundBlock block, int tag, long atNanos, TransportReason reason) {
        put(block, tag, atNanos, reason);
    }

    /** Adds a probe that closes what was sent below a packet number. */
    void addProbe(int packetNumber, long atNanos) {
        put(null, packetNumber, atNanos, TransportReason.TAIL_PROBED);
    }

    private void put(@Nullable OutboundBlock block, int tag, long atNanos, TransportReason reason) {
        if (dueNanos.length == 0) {
            allocate();
        }
        if (size == CAPACITY) {
            return;
        }
        int slot = slot(size);
        blocks[slot] = block;
        tags[slot] = tag;
        dueNanos[slot] = size == 0 ? atNanos : Math.max(atNanos, dueNanos[slot(size - 1)]);
        reasons[slot] = reason;
        size++;
    }

    private void allocate() {
        blocks = new OutboundBlock[CAPACITY];
        tags = new int[CAPACITY];
        dueNanos = new long[CAPACITY];
        reasons = new TransportReason[CAPACITY];
        Arrays.fill(reasons, TransportReason.REPAIR_COPIED);
    }

    /** Drops copies at the front that nobody needs any more; returns whether one is left. */
    private boolean isPending() {
        while (size > 0 && !isNeeded()) {
            remove();
        }
        return size > 0;
    }

    private boolean isNeeded() {
        OutboundBlock block = blocks[head];
        if (block == null) {
            return true;
        }
        return block.message.isOpen()
                && block.isCurrent(tags[head])
                && !block.hasArrived(OutboundBlock.indexOf(tags[head]));
    }

    /** Returns whether a copy is to leave now. */
    boolean isDue(long nowNanos) {
        return isPending() && dueNanos[head] - nowNanos <= 0;
    }

    /** Returns when the first copy is due, or {@link Long#MAX_VALUE}. */
    long nextNanos() {
        return isPending() ? dueNanos[head] : Long.MAX_VALUE;
    }

    /** Returns the block of the first copy, or {@code null} for a probe. */
    @Nullable
    OutboundBlock block() {
        return blocks[head];
    }

    /** Returns the tag of the first copy; of a probe, the packet number that it follows. */
    int tag() {
        return tags[head];
    }

    /** Returns why the first copy leaves. */
    TransportReason reason() {
        return reasons[head];
    }

    void remove() {
        blocks[head] = null;
        head = head + 1 & CAPACITY - 1;
        size--;
    }

    private int slot(int place) {
        return head + place & CAPACITY - 1;
    }
}
