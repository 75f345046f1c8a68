package io.foreshard.runtime;

import java.util.Arrays;

/**
 * Remembers which of the newest sequence numbers were seen, to refuse replays and duplicates (as RFC 4303 section 3.4.3 does)
 * and to acknowledge in ranges.
 *
 * <p>Sequence numbers are unsigned 64-bit and do not wrap. The window spans a fixed number of them up to the highest one
 * marked; what is older counts as seen. A ring of bits: marking costs O(1), a jump ahead O(words) at most.
 *
 * <p>Single-threaded: belongs to one event loop.
 */
public final class SequenceWindow {

    private static final int LARGEST_WINDOW = 1 << 24;

    private final int bits;
    private final long[] words;
    private boolean empty = true;
    private long highest;

    /**
     * Makes an empty window.
     *
     * @param bits width of the window, a power of two from 64 to 2^24
     * @throws IllegalArgumentException if the width is not allowed
     */
    public SequenceWindow(int bits) {
        boolean allowed = bits >= Long.SIZE && bits <= LARGEST_WINDOW && Integer.bitCount(bits) == 1;
        Checks.require(allowed, "bits", bits, "a power of two, " + Long.SIZE + "…" + LARGEST_WINDOW);
        this.bits = bits;
        this.words = new long[bits / Long.SIZE];
    }

    /**
     * Marks a number as seen.
     *
     * @param sequence the number, unsigned
     * @return whether it is new: neither marked already nor below the window
     */
    public boolean tryMark(long sequence) {
        if (empty || Long.compareUnsigned(sequence, highest) > 0) {
            moveTo(sequence);
        } else if (isOutside(sequence) || bit(sequence)) {
            return false;
        }
        words[word(sequence)] |= 1L << sequence;
        return true;
    }

    /**
     * {@return whether a number is within the window and marked}
     *
     * @param sequence the number, unsigned
     */
    public boolean isMarked(long sequence) {
        return !empty && !isOutside(sequence) && bit(sequence);
    }

    /** {@return the highest number marked, unsigned, or 0 when empty} */
    public long highest() {
        return highest;
    }

    /** {@return whether nothing was marked yet} */
    public boolean isEmpty() {
        return empty;
    }

    /**
     * {@return whether a number is too old to tell}
     *
     * @param sequence the number, unsigned
     */
    public boolean isBelowWindow(long sequence) {
        return !empty && Long.compareUnsigned(sequence, highest) <= 0 && isOutside(sequence);
    }

    /**
     * Writes the ranges of marked numbers, newest first. Costs O(words + ranges).
     *
     * @param startsInclusive takes the lowest number of each range, unsigned
     * @param endsInclusive takes the highest number of each range, unsigned
     * @param maxRanges how many ranges to write at most; the length of the arrays limits them too
     * @return how many ranges were written
     */
    public int collectRanges(long[] startsInclusive, long[] endsInclusive, int maxRanges) {
        int limit = Math.min(maxRanges, Math.min(startsInclusive.length, endsInclusive.length));
        int ranges = 0;
        long next = highest;
        int left = empty ? 0 : numbersInWindow();
        while (left > 0 && ranges < limit) {
            int marked = runBelow(next, left, true);
            startsInclusive[ranges] = next - marked + 1;
            endsInclusive[ranges] = next;
            ranges++;
            next -= marked;
            left -= marked;
            int missing = runBelow(next, left, false);
            next -= missing;
            left -= missing;
        }
        return ranges;
    }

    private void moveTo(long sequence) {
        long ahead = sequence - highest;
        if (empty || Long.compareUnsigned(ahead, bits) >= 0) {
            Arrays.fill(words, 0);
        } else {
            clear(highest + 1, (int) ahead);
        }
        empty = false;
        highest = sequence;
    }

    private void clear(long from, int count) {
        long start = from;
        int left = count;
        while (left > 0) {
            int offset = (int) (start & (Long.SIZE - 1));
            int length = Math.min(left, Long.SIZE - offset);
            words[word(start)] &= ~((-1L >>> (Long.SIZE - length)) << offset);
            start += length;
            left -= length;
        }
    }

    /** Returns how many numbers in a row, from the given one down, are marked (or are not), at most {@code limit}. */
    private int runBelow(long from, int limit, boolean marked) {
        int run = 0;
        while (run < limit) {
            long sequence = from - run;
            long differing = marked ? ~words[word(sequence)] : words[word(sequence)];
            int inWord = (int) (sequence & (Long.SIZE - 1)) + 1;
            int same = Math.min(inWord, Long.numberOfLeadingZeros(differing << (Long.SIZE - inWord)));
            run += same;
            if (same < inWord) {
                break;
            }
        }
        return Math.min(run, limit);
    }

    private int numbersInWindow() {
        return Long.compareUnsigned(highest, bits) >= 0 ? bits : (int) highest + 1;
    }

    private boolean isOutside(long sequence) {
        return Long.compareUnsigned(highest - sequence, bits) >= 0;
    }

    private boolean bit(long sequence) {
        return ((words[word(sequence)] >>> sequence) & 1) != 0;
    }

    private int word(long sequence) {
        return (int) (sequence & (bits - 1)) / Long.SIZE;
    }
}
