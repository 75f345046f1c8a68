package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.Arrays;

/**
 * The addresses of a shard that were ever warm, by their offset: 12 bytes each. The rest of the shard costs nothing, however large it is. Guarded by the
 * pool's lock.
 */
final class WarmShard {

    private static final int FIRST_SLOTS = 16;

    final Prefix prefix;
    final int index;
    final int capacity;
    /** The place behind this one in its queue. */
    int[] next = new int[0];
    /** How often it was handed out or released; odd while it is out. */
    int[] sequence = new int[0];
    /** When it was released, in ticks of the pool. */
    int[] released = new int[0];

    int slots;

    WarmShard(Prefix prefix, int index, int maxSlots) {
        this.prefix = prefix;
        this.index = index;
        int log2 = prefix.log2Size();
        capacity = log2 >= Integer.SIZE - 2 ? maxSlots : Math.min(maxSlots, 1 << log2);
    }

    /** Makes room for more offsets; a few at a time get room for more than asked. */
    void reserve(int count) {
        int needed = slots + count;
        if (needed > next.length) {
            int size = Math.max(needed, Math.min(capacity, Math.max(FIRST_SLOTS, slots + (slots >> 1))));
            next = Arrays.copyOf(next, size);
            sequence = Arrays.copyOf(sequence, size);
            released = Arrays.copyOf(released, size);
        }
    }

    Prefix address(int slot) {
        return new Prefix(
                prefix.family(),
                prefix.high(),
                prefix.low() | slot,
                prefix.family().bits());
    }
}
