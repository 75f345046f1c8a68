package io.foreshard.flowsharder.wire;

/**
 * Ranges of a stream that came out of order, ascending and apart: each begins after the one before has ended. Reused from frame to frame;
 * not safe for use by several threads.
 */
public final class AckRanges {

    /** The most that a frame tells. */
    public static final int MOST = 16;

    static final int BYTES = 2 * Long.BYTES;

    private final long[] from = new long[MOST];
    private final long[] to = new long[MOST];
    private int size;

    /** Makes an empty list. */
    public AckRanges() {}

    /** Forgets all. */
    public void clear() {
        size = 0;
    }

    /**
     * Adds a range if there is room.
     *
     * @param begin offset of its first byte, after the end of the range before
     * @param end offset behind its last byte
     * @return whether there was room
     */
    public boolean add(long begin, long end) {
        if (size == MOST) {
            return false;
        }
        from[size] = begin;
        to[size] = end;
        size++;
        return true;
    }

    /** Returns how many there are. */
    public int size() {
        return size;
    }

    /**
     * Returns the offset of a range's first byte.
     *
     * @param index 0 to {@link #size} - 1
     */
    public long from(int index) {
        return from[index];
    }

    /**
     * Returns the offset behind a range's last byte.
     *
     * @param index 0 to {@link #size} - 1
     */
    public long to(int index) {
        return to[index];
    }
}
