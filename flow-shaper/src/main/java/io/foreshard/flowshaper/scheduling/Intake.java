package io.foreshard.flowshaper.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * Packets that were taken in and whose flows were not looked up yet, in the order of their arrival. They come one by one, each of another
 * flow, and to look each up on its own is to wait for memory each time; looked up together, the waits overlap.
 */
final class Intake {

    private static final int CAPACITY = 32;
    /** Words of a key. */
    private static final int WORDS = 5;

    private final long[] keys = new long[CAPACITY * WORDS];
    private final int[] hashes = new int[CAPACITY];
    private final int[] packets = new int[CAPACITY];
    private final @Nullable Lane[] lanes = new Lane[CAPACITY];
    private int first;
    private int end;
    /** Keeps the reads of {@link #warm} from being left out. */
    @SuppressWarnings("UnusedVariable")
    private int warmth;

    boolean isEmpty() {
        return first == end;
    }

    boolean isFull() {
        return end == CAPACITY;
    }

    /** Puts a packet behind the others; there must be room. */
    void put(Lane lane, FlowKey key, int hash, int packet) {
        int at = end++;
        key.writeTo(keys, at * WORDS);
        hashes[at] = hash;
        packets[at] = packet;
        putLane(lane, at);
    }

    /** It is mostly the one that is there, and to write a reference costs more than to read it. */
    @SuppressWarnings("ReferenceEquality") // Lanes are what they are.
    private void putLane(Lane lane, int at) {
        if (lanes[at] != lane) {
            lanes[at] = lane;
        }
    }

    /** Reads what finding their flows takes: first all slots, then all flows, then all packets that they will follow. */
    void warm(FlowTable flows, PacketSlab slab) {
        int read = 0;
        for (int index = first; index < end; index++) {
            read += flows.warm(hashes[index]);
        }
        for (int index = first; index < end; index++) {
            Flow flow = flows.likely(hashes[index]);
            read += flow == null ? 0 : flow.warm();
        }
        for (int index = first; index < end; index++) {
            Flow flow = flows.likely(hashes[index]);
            read += flow == null ? 0 : flow.warmTail(slab);
        }
        warmth += read;
    }

    /** Takes out the first packet; returns its place here, which holds what is known of it until another is put in. */
    int poll() {
        int at = first++;
        if (first == end) {
            first = 0;
            end = 0;
        }
        return at;
    }

    /** Lets go of a lane; none of its packets may be here. */
    @SuppressWarnings("ReferenceEquality") // Lanes are what they are.
    void forget(Lane lane) {
        for (int at = 0; at < CAPACITY; at++) {
            if (lanes[at] == lane) {
                lanes[at] = null;
            }
        }
    }

    void readKey(int at, FlowKey key) {
        key.readFrom(keys, at * WORDS);
    }

    @SuppressWarnings("NullAway") // One was put there.
    Lane lane(int at) {
        return lanes[at];
    }

    int hash(int at) {
        return hashes[at];
    }

    int packet(int at) {
        return packets[at];
    }
}
