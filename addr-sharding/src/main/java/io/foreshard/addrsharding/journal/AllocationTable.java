package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The living allocations by kind and prefix, as bytes behind a hash table of numbers (open addressing, linear probing, deletion by shifting
 * back: Knuth, TAOCP 3, 6.4). Also the floors, and the latest time. One thread at a time.
 */
final class AllocationTable {

    private static final int LEAST_SLOTS = 1 << 10;

    private final RecordArena arena = new RecordArena();
    private int[] slots = new int[LEAST_SLOTS];
    /** Some bits of the hash of what is in each slot, so that a record is looked at only if it is likely the right one; 0 if empty. */
    private byte[] marks = new byte[LEAST_SLOTS];

    private @Nullable TableReading reading;
    private int size;
    private long shardFloor;
    private long addressFloor;
    private long latestMillis;

    /**
     * Makes a record hold from now on: stores it, or forgets its prefix if it says free.
     *
     * @param in holds a record that {@link AllocationCodec#problem} has found good
     */
    void apply(ByteBuffer in, int from, int bytes) {
        latestMillis = Math.max(latestMillis, AllocationCodec.sinceMillis(in, from));
        int hash = hash(in, from);
        int slot = slot(
                hash, key(in, from), length(in, from), AllocationCodec.high(in, from), AllocationCodec.low(in, from));
        if (AllocationCodec.isFree(in, from)) {
            raiseFloor(AllocationCodec.kind(in, from), AllocationCodec.sequence(in, from));
            if (slots[slot] != 0) {
                beforeChange(slots[slot]);
                arena.remove(slots[slot]);
                vacate(slot);
            }
        } else if (slots[slot] != 0) {
            beforeChange(slots[slot]);
            slots[slot] = added(arena.replace(slots[slot], in, from, bytes));
        } else {
            slots[slot] = added(arena.add(in, from, bytes));
            marks[slot] = mark(hash);
            size++;
            if (size > slots.length - (slots.length >> 2)) {
                rehash(slots.length << 1);
            }
        }
    }

    private void beforeChange(int place) {
        if (reading != null) {
            reading.beforeChange(place);
        }
    }

    private int added(int place) {
        if (reading != null) {
            reading.afterAdd(place);
        }
        return place;
    }

    /** Begins to read what stands now, slice by slice; one at a time. */
    TableReading beginReading() {
        reading = new TableReading(arena);
        return reading;
    }

    void endReading() {
        reading = null;
    }

    void raiseFloor(AllocationKind kind, long sequence) {
        if (kind == AllocationKind.SHARD) {
            shardFloor = Math.max(shardFloor, sequence);
        } else {
            addressFloor = Math.max(addressFloor, sequence);
        }
    }

    void raiseTime(long millis) {
        latestMillis = Math.max(latestMillis, millis);
    }

    /** Returns the sequence that stands for the prefix of a record, 0 if nobody has it. */
    long standingSequence(ByteBuffer in, int from) {
        long high = AllocationCodec.high(in, from);
        int slot = slot(hash(in, from), key(in, from), length(in, from), high, AllocationCodec.low(in, from));
        int place = slots[slot];
        return place == 0 ? 0 : AllocationCodec.sequence(arena.page(place), arena.at(place));
    }

    /** Returns what stands, null if nobody has the prefix. */
    @Nullable
    Allocation standing(Allocation next) {
        Prefix prefix = next.prefix();
        int key = AllocationCodec.key(next);
        int hash = hash(key, prefix.length(), prefix.high(), prefix.low());
        int place = slots[slot(hash, key, prefix.length(), prefix.high(), prefix.low())];
        return place == 0 ? null : AllocationCodec.get(arena.page(place), arena.at(place));
    }

    void forEach(Consumer<? super Allocation> each) {
        for (int place = arena.first(); place < arena.end(); place = arena.after(place)) {
            if (arena.bytes(place) > 0) {
                each.accept(AllocationCodec.get(arena.page(place), arena.at(place)));
            }
        }
    }

    long floor(AllocationKind kind) {
        return kind == AllocationKind.SHARD ? shardFloor : addressFloor;
    }

    long latestMillis() {
        return latestMillis;
    }

    int size() {
        return size;
    }

    /** Returns the records, for who writes them out. */
    RecordArena arena() {
        return arena;
    }

    /** Returns how much memory the table takes, in bytes. */
    long memoryBytes() {
        return arena.memoryBytes() + (long) slots.length * (Integer.BYTES + Byte.BYTES);
    }

    void clear() {
        arena.clear();
        slots = new int[LEAST_SLOTS];
        marks = new byte[LEAST_SLOTS];
        size = 0;
        shardFloor = 0;
        addressFloor = 0;
        latestMillis = 0;
    }

    /** Returns the slot that has a prefix, or the empty one where it belongs. */
    private int slot(int hash, int key, int length, long high, long low) {
        int mask = slots.length - 1;
        byte mark = mark(hash);
        int slot = hash & mask;
        while (marks[slot] != 0 && !(marks[slot] == mark && isAt(slots[slot], key, length, high, low))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static byte mark(int hash) {
        return (byte) ((hash >>> (Integer.SIZE - Byte.SIZE)) | 1);
    }

    private static int key(ByteBuffer in, int from) {
        return in.get(from) & AllocationCodec.KEY_BITS;
    }

    private static int length(ByteBuffer in, int from) {
        return in.get(from + 1) & 0xff;
    }

    private boolean isAt(int place, int key, int length, long high, long low) {
        ByteBuffer page = arena.page(place);
        int at = arena.at(place);
        return AllocationCodec.low(page, at) == low
                && key(page, at) == key
                && length(page, at) == length
                && AllocationCodec.high(page, at) == high;
    }

    private int hashAt(int place) {
        return hash(arena.page(place), arena.at(place));
    }

    private static int hash(ByteBuffer in, int from) {
        return hash(key(in, from), length(in, from), AllocationCodec.high(in, from), AllocationCodec.low(in, from));
    }

    /** Mixes as MurmurHash3 ends. Prefixes are given out by our own operator, so nobody chooses them to collide. */
    private static int hash(int key, int length, long high, long low) {
        long mixed = (low * 31 + high) * 0x9e37_79b9_7f4a_7c15L + ((long) key << 8 | length);
        mixed = (mixed ^ mixed >>> 33) * 0xff51_afd7_ed55_8ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ce_b9fe_1a85_ec53L;
        return (int) (mixed ^ mixed >>> 33);
    }

    private void vacate(int emptied) {
        int mask = slots.length - 1;
        int hole = emptied;
        slots[hole] = 0;
        marks[hole] = 0;
        size--;
        for (int slot = (hole + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int home = hashAt(slots[slot]) & mask;
            boolean staysReachable = ((slot - home) & mask) < ((slot - hole) & mask);
            if (!staysReachable) {
                slots[hole] = slots[slot];
                marks[hole] = marks[slot];
                slots[slot] = 0;
                marks[slot] = 0;
                hole = slot;
            }
        }
    }

    /** Goes through the records as they lie in memory. */
    private void rehash(int count) {
        slots = new int[count];
        marks = new byte[count];
        for (int place = arena.first(); place < arena.end(); place = arena.after(place)) {
            if (arena.bytes(place) > 0) {
                int hash = hashAt(place);
                int slot = hash & (count - 1);
                while (marks[slot] != 0) {
                    slot = (slot + 1) & (count - 1);
                }
                slots[slot] = place;
                marks[slot] = mark(hash);
            }
        }
    }
}
