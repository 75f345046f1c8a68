package io.foreshard.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A map from {@code long} to objects whose slots a stranger cannot foresee, for keys that come from the wire.
 *
 * <p>Open addressing with linear probing. A slot is chosen by SipHash-1-3 under a secret key, so keys that collide cannot be
 * chosen without knowing it. Removal shifts the followers back (Knuth, TAOCP 3, 6.4 R), so there are no tombstones and a flood
 * of short-lived keys leaves no trace. The table is at most 9/16 full and doubles beyond; it halves when less than 1/8 full,
 * never below what the initial capacity asks for. Growing and shrinking allocate, nothing else does.
 *
 * <p>Single-threaded: belongs to one event loop.
 *
 * @param <V> type of the values
 */
public final class KeyedLongMap<V> {

    private static final int SMALLEST_TABLE = 8;
    private static final int LARGEST_TABLE = 1 << 30;
    private static final int LARGEST_CAPACITY = LARGEST_TABLE / 16 * 9;

    private final long key0;
    private final long key1;
    private final int initialTable;
    private long[] keys;
    private @Nullable Object[] values;
    private int size;

    /**
     * Takes what is done with each entry.
     *
     * @param <V> type of the values
     */
    @FunctionalInterface
    public interface LongObjectConsumer<V> {

        /**
         * Takes an entry.
         *
         * @param key the key
         * @param value its value
         */
        void accept(long key, V value);
    }

    /**
     * Makes an empty map.
     *
     * @param key0 first half of the hash key; from {@code SecureRandom} outside simulations
     * @param key1 second half of the hash key
     * @param initialCapacity number of entries that fit before the table grows, {@code >= 0}
     * @throws IllegalArgumentException if the capacity is out of range
     */
    public KeyedLongMap(long key0, long key1, int initialCapacity) {
        Checks.inRange("initialCapacity", initialCapacity, 0, LARGEST_CAPACITY);
        this.key0 = key0;
        this.key1 = key1;
        this.initialTable = tableFor(initialCapacity);
        this.keys = new long[initialTable];
        this.values = new Object[initialTable];
    }

    /**
     * {@return the value of a key, or null if there is none}
     *
     * @param key any value
     */
    public @Nullable V get(long key) {
        return valueAt(find(key));
    }

    /**
     * Adds an entry or replaces its value.
     *
     * @param key any value
     * @param value the new value, not null
     * @return the value before, or null if there was none
     * @throws IllegalStateException if the map is as large as an array can be
     */
    public @Nullable V put(long key, V value) {
        int slot = find(key);
        V previous = valueAt(slot);
        if (previous == null) {
            slot = slotForNewEntry(key, slot);
            size++;
        }
        keys[slot] = key;
        values[slot] = value;
        return previous;
    }

    /**
     * Removes an entry.
     *
     * @param key any value
     * @return the value removed, or null if there was none
     */
    public @Nullable V remove(long key) {
        int slot = find(key);
        V previous = valueAt(slot);
        if (previous != null) {
            size--;
            closeGap(slot);
            if (keys.length > initialTable && size < keys.length / 8) {
                resize(keys.length / 2);
            }
        }
        return previous;
    }

    /** {@return the number of entries} */
    public int size() {
        return size;
    }

    /**
     * Calls the consumer once for each entry, in no particular order. The consumer must not change the map.
     *
     * @param consumer is called with each entry
     */
    public void forEach(LongObjectConsumer<? super V> consumer) {
        for (int slot = 0; slot < keys.length; slot++) {
            V value = valueAt(slot);
            if (value != null) {
                consumer.accept(keys[slot], value);
            }
        }
    }

    /** Removes all entries and returns to the initial capacity. */
    public void clear() {
        size = 0;
        if (keys.length == initialTable) {
            Arrays.fill(values, null);
        } else {
            keys = new long[initialTable];
            values = new Object[initialTable];
        }
    }

    /** Returns how many slots the farthest entry is away from where its hash points. */
    int longestProbe() {
        int longest = 0;
        for (int slot = 0; slot < keys.length; slot++) {
            if (values[slot] != null) {
                longest = Math.max(longest, distance(home(keys[slot]), slot));
            }
        }
        return longest;
    }

    int tableLength() {
        return keys.length;
    }

    @SuppressWarnings("unchecked")
    private @Nullable V valueAt(int slot) {
        return (V) values[slot];
    }

    /** Returns the slot of the key, or the empty slot where it belongs. */
    private int find(long key) {
        int slot = home(key);
        while (values[slot] != null && keys[slot] != key) {
            slot = next(slot);
        }
        return slot;
    }

    private int slotForNewEntry(long key, int found) {
        if (size < entriesFor(keys.length)) {
            return found;
        }
        Checks.state(keys.length < LARGEST_TABLE, "size", size, "< " + LARGEST_CAPACITY);
        resize(keys.length * 2);
        return find(key);
    }

    private void closeGap(int removed) {
        int gap = removed;
        for (int slot = next(gap); values[slot] != null; slot = next(slot)) {
            // An entry may move back only as far as its home; one whose home lies behind the gap stays.
            if (distance(home(keys[slot]), slot) >= distance(gap, slot)) {
                keys[gap] = keys[slot];
                values[gap] = values[slot];
                gap = slot;
            }
        }
        values[gap] = null;
    }

    private void resize(int tableLength) {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[tableLength];
        values = new Object[tableLength];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldValues[old] != null) {
                int slot = find(oldKeys[old]);
                keys[slot] = oldKeys[old];
                values[slot] = oldValues[old];
            }
        }
    }

    private int home(long key) {
        return (int) SipHash.hash(1, 3, key0, key1, key) & (keys.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (keys.length - 1);
    }

    private int distance(int from, int to) {
        return (to - from) & (keys.length - 1);
    }

    private static int entriesFor(int tableLength) {
        return (int) (tableLength * 9L / 16);
    }

    private static int tableFor(int entries) {
        int tableLength = SMALLEST_TABLE;
        while (entriesFor(tableLength) < entries) {
            tableLength *= 2;
        }
        return tableLength;
    }
}
