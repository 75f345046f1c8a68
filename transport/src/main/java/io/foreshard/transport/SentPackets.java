package io.foreshard.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What left on one path and has not been settled: a ring over packet numbers that are dense, so a number finds its entry without a
 * search. Grows to a limit and then refuses; allocates nothing per packet. Confined to one event loop.
 */
final class SentPackets {

    static final byte FREE = 0;
    static final byte IN_FLIGHT = 1;
    static final byte ACKED = 2;
    static final byte LOST = 3;

    private static final int INITIAL_CAPACITY = 64;
    private static final int MAX_CAPACITY = 1 << 16;

    private long[] sentNanos = new long[INITIAL_CAPACITY];
    private long[] deliveredAtSend = new long[INITIAL_CAPACITY];
    private long[] deliveredNanosAtSend = new long[INITIAL_CAPACITY];
    private long[] flightNanosAtSend = new long[INITIAL_CAPACITY];
    private int[] bytes = new int[INITIAL_CAPACITY];
    private byte[] state = new byte[INITIAL_CAPACITY];
    private boolean[] appLimited = new boolean[INITIAL_CAPACITY];
    private int[] shard = new int[INITIAL_CAPACITY];
    private @Nullable OutboundBlock[] block = new OutboundBlock[INITIAL_CAPACITY];
    private long oldest;
    private long next;
    private long inFlightBytes;

    /** Returns whether another packet can be remembered. */
    boolean hasRoom() {
        return next - oldest < MAX_CAPACITY;
    }

    /** Returns the number that the next packet gets. */
    long nextNumber() {
        return next;
    }

    /** Returns the oldest number that is not settled, or {@link #nextNumber()}. */
    long oldestNumber() {
        return oldest;
    }

    long inFlightBytes() {
        return inFlightBytes;
    }

    /** Remembers an ack-eliciting packet under the next number. */
    void add(
            long nowNanos,
            int packetBytes,
            @Nullable OutboundBlock ofBlock,
            int index,
            long deliveredBytes,
            long deliveredNanos,
            long flightNanos,
            boolean limited) {
        int slot = claim();
        sentNanos[slot] = nowNanos;
        bytes[slot] = packetBytes;
        block[slot] = ofBlock;
        shard[slot] = index;
        deliveredAtSend[slot] = deliveredBytes;
        deliveredNanosAtSend[slot] = deliveredNanos;
        flightNanosAtSend[slot] = flightNanos;
        appLimited[slot] = limited;
        state[slot] = IN_FLIGHT;
        inFlightBytes += packetBytes;
    }

    /** Uses up the next number for a packet that nobody acknowledges. */
    void addUntracked(long nowNanos) {
        int slot = claim();
        sentNanos[slot] = nowNanos;
        state[slot] = FREE;
        block[slot] = null;
        settleFront();
    }

    private int claim() {
        if (next - oldest == state.length) {
            grow();
        }
        return (int) next++ & (state.length - 1);
    }

    byte state(long number) {
        return contains(number) ? state[slot(number)] : FREE;
    }

    boolean contains(long number) {
        return number - oldest >= 0 && number - next < 0;
    }

    long sentNanos(long number) {
        return sentNanos[slot(number)];
    }

    /** Returns how long after the packet before it one left; 0 for the first. */
    long gapNanos(long number) {
        return number == 0 ? 0 : sentNanos[slot(number)] - sentNanos[slot(number - 1)];
    }

    int bytes(long number) {
        return bytes[slot(number)];
    }

    @Nullable
    OutboundBlock block(long number) {
        return block[slot(number)];
    }

    int shard(long number) {
        return shard[slot(number)];
    }

    long deliveredAtSend(long number) {
        return deliveredAtSend[slot(number)];
    }

    long deliveredNanosAtSend(long number) {
        return deliveredNanosAtSend[slot(number)];
    }

    /** Returns when the newest packet that had been acknowledged by then had left, see {@link LossDetector}. */
    long flightNanosAtSend(long number) {
        return flightNanosAtSend[slot(number)];
    }

    boolean wasAppLimited(long number) {
        return appLimited[slot(number)];
    }

    /** Settles a packet; a lost one stays visible until {@link #forgetBelow}, so that a late acknowledgement is recognised. */
    void settle(long number, byte newState) {
        int slot = slot(number);
        if (state[slot] == IN_FLIGHT) {
            inFlightBytes -= bytes[slot];
        }
        state[slot] = newState;
        if (newState == ACKED) {
            block[slot] = null;
        }
        settleFront();
    }

    /** Forgets lost packets below a number. */
    void forgetBelow(long number) {
        while (oldest - number < 0 && oldest != next && state[slot(oldest)] != IN_FLIGHT) {
            block[slot(oldest)] = null;
            oldest++;
        }
    }

    private void settleFront() {
        while (oldest != next && state[slot(oldest)] != IN_FLIGHT && state[slot(oldest)] != LOST) {
            oldest++;
        }
    }

    private int slot(long number) {
        return (int) number & (state.length - 1);
    }

    private void grow() {
        int old = state.length;
        int[] order = new int[old];
        Arrays.setAll(order, i -> (int) (oldest + i) & (old - 1));
        sentNanos = moved(sentNanos, order);
        deliveredAtSend = moved(deliveredAtSend, order);
        deliveredNanosAtSend = moved(deliveredNanosAtSend, order);
        flightNanosAtSend = moved(flightNanosAtSend, order);
        int[] newBytes = new int[old * 2];
        int[] newShard = new int[old * 2];
        byte[] newState = new byte[old * 2];
        boolean[] newLimited = new boolean[old * 2];
        @Nullable OutboundBlock[] newBlock = new OutboundBlock[old * 2];
        for (int i = 0; i < old; i++) {
            int to = (int) (oldest + i) & (old * 2 - 1);
            newBytes[to] = bytes[order[i]];
            newShard[to] = shard[order[i]];
            newState[to] = state[order[i]];
            newLimited[to] = appLimited[order[i]];
            newBlock[to] = block[order[i]];
        }
        bytes = newBytes;
        shard = newShard;
        state = newState;
        appLimited = newLimited;
        block = newBlock;
    }

    private long[] moved(long[] values, int[] order) {
        long[] result = new long[values.length * 2];
        for (int i = 0; i < order.length; i++) {
            result[(int) (oldest + i) & (result.length - 1)] = values[order[i]];
        }
        return result;
    }
}
