package io.foreshard.stackvirt.engine.link;

import java.util.Arrays;

/**
 * What a stack has not answered yet: correlation to bytes. Open addressing with linear probing; a removal shifts the followers back. The keys
 * are this side's own, so nobody chooses them to collide.
 */
final class InFlight {

    private static final int FIRST_TABLE = 16;
    private static final int FREE = -1;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int HIGH_HALF = 32;

    private final int most;
    private long[] keys = new long[FIRST_TABLE];
    private int[] bytes = new int[FIRST_TABLE];
    private int size;
    private long total;

    InFlight(int most) {
        this.most = most;
        Arrays.fill(bytes, FREE);
    }

    boolean isFull() {
        return size >= most;
    }

    long total() {
        return total;
    }

    /** Returns false if it is there already. */
    boolean add(long key, int length) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int slot = find(key);
        if (bytes[slot] != FREE) {
            return false;
        }
        keys[slot] = key;
        bytes[slot] = length;
        size++;
        total += length;
        return true;
    }

    boolean contains(long key) {
        return bytes[find(key)] != FREE;
    }

    /** Returns false if it is not there. */
    boolean remove(long key) {
        int slot = find(key);
        if (bytes[slot] == FREE) {
            return false;
        }
        size--;
        total -= bytes[slot];
        bytes[slot] = FREE;
        int mask = keys.length - 1;
        for (int next = (slot + 1) & mask; bytes[next] != FREE; next = (next + 1) & mask) {
            int home = home(keys[next]);
            if (((next - home) & mask) >= ((next - slot) & mask)) {
                keys[slot] = keys[next];
                bytes[slot] = bytes[next];
                bytes[next] = FREE;
                slot = next;
            }
        }
        return true;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldBytes = bytes;
        keys = new long[2 * oldKeys.length];
        bytes = new int[keys.length];
        Arrays.fill(bytes, FREE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldBytes[i] != FREE) {
                int slot = find(oldKeys[i]);
                keys[slot] = oldKeys[i];
                bytes[slot] = oldBytes[i];
            }
        }
    }

    private int home(long key) {
        return (int) ((key * SPREAD) >>> HIGH_HALF) & (keys.length - 1);
    }

    private int find(long key) {
        int slot = home(key);
        while (bytes[slot] != FREE && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }
}
