package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses of a shard that were ever warm, by their offset: 16 bytes each. The rest of the shard costs nothing, however large it is.
 * Guarded by the pool's lock.
 */
final class WarmShard {

    private static final int FIRST_SLOTS = 16;

    final Prefix prefix;
    final int index;
    final int capacity;
    /** The place behind this one in its queue. */
    int[] next = new int[0];
    /** The sequence of the last change; 0 before the first. */
    long[] sequence = new long[0];
    /** When it was released, in ticks of the pool. */
    int[] released = new int[0];

    int slots;
    int out;
    /** How many addresses behind the slots may be handed out. */
    int neverWarm;
    /** When one was released last. */
    long releasedMillis = Long.MIN_VALUE;
    /** Whether nothing is handed out of it any more. */
    boolean isClosed;

    private final OffsetRanges excluded;

    WarmShard(Prefix prefix, int index, ExcludedAddresses excludes) {
        this.prefix = prefix;
        this.index = index;
        int log2 = prefix.log2Size();
        capacity = log2 >= Integer.SIZE - 2
                ? WarmPool.MAX_WARM_PER_SHARD
                : Math.min(WarmPool.MAX_WARM_PER_SHARD, 1 << log2);
        excluded = OffsetRanges.of(excludes, prefix, capacity);
        neverWarm = capacity - excluded.count();
    }

    /** Returns whether an address may be handed out. */
    boolean isUsable(int slot) {
        return !isClosed && !excluded.has(slot);
    }

    /** Adds the next offset. */
    int grow() {
        if (!excluded.has(slots)) {
            neverWarm--;
        }
        if (slots == next.length) {
            int size = Math.min(capacity, Math.max(FIRST_SLOTS, slots + (slots >> 1)));
            next = Arrays.copyOf(next, size);
            sequence = Arrays.copyOf(sequence, size);
            released = Arrays.copyOf(released, size);
        }
        return slots++;
    }

    void handOut(int slot, long floor) {
        sequence[slot] = Math.max(sequence[slot], sequence[slot] == 0 ? floor : 0) + 1;
        out++;
    }

    void undo(int slot, long before) {
        sequence[slot] = before;
        out--;
    }

    Prefix address(int slot) {
        return prefix.part(prefix.family().bits(), slot);
    }

    /** Returns what is to be recorded as nobody's of what was ever out. */
    List<Allocation> ended(String subdivision, long nowMillis) {
        List<Allocation> ended = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            if (sequence[slot] > 0) {
                ended.add(allocation(slot, subdivision, "", AllocationStatus.FREE, sequence[slot] + 1, nowMillis));
            }
        }
        return ended;
    }

    Allocation allocation(
            int slot, String subdivision, String handle, AllocationStatus status, long sequence, long nowMillis) {
        return new Allocation(AllocationKind.ADDRESS, address(slot), subdivision, handle, status, sequence, nowMillis);
    }
}
