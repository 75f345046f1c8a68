package io.foreshard.addrsharding.space;

/**
 * A set of small numbers. Each 64 bits have one bit above them that says whether any of them is set, and so on up to a single word, so that
 * the next member is found in one word for each level (van Emde Boas with 64 branches). Confined to one thread.
 */
final class SummaryBitmap {

    static final int NONE = -1;

    private static final int BITS = 6;

    /** From the members up to the single word. */
    private final long[][] levels;

    SummaryBitmap(int size) {
        int depth = 1;
        for (int words = words(size); words > 1; words = words(words)) {
            depth++;
        }
        levels = new long[depth][];
        int bits = size;
        for (int level = 0; level < depth; level++) {
            bits = words(bits);
            levels[level] = new long[bits];
        }
    }

    private static int words(int bits) {
        return (bits + Long.SIZE - 1) >>> BITS;
    }

    boolean isEmpty() {
        return levels[levels.length - 1][0] == 0;
    }

    boolean contains(int member) {
        return (levels[0][member >>> BITS] & 1L << member) != 0;
    }

    /** Adds a number; one that is a member already may be added again. */
    void add(int member) {
        int index = member;
        for (long[] level : levels) {
            long before = level[index >>> BITS];
            level[index >>> BITS] = before | 1L << index;
            if (before != 0) {
                return;
            }
            index >>>= BITS;
        }
    }

    void remove(int member) {
        int index = member;
        for (long[] level : levels) {
            long after = level[index >>> BITS] & ~(1L << index);
            level[index >>> BITS] = after;
            if (after != 0) {
                return;
            }
            index >>>= BITS;
        }
    }

    /** Returns the lowest member; the set must not be empty. */
    int first() {
        return descend(levels.length - 1, 0);
    }

    /** Returns the lowest member that is not below a number, or {@link #NONE}. */
    int next(int from) {
        int index = from;
        for (int level = 0; level < levels.length; level++) {
            int word = index >>> BITS;
            if (word >= levels[level].length) {
                return NONE;
            }
            long rest = levels[level][word] & -1L << index;
            if (rest != 0) {
                return descend(level - 1, word << BITS | Long.numberOfTrailingZeros(rest));
            }
            index = word + 1;
        }
        return NONE;
    }

    /** Returns whether any of 2^log2 numbers is a member, from one on that is a multiple of 2^log2. */
    boolean containsAny(int from, int log2) {
        int index = from;
        int level = 0;
        int log2Left = log2;
        while (log2Left > BITS) {
            index >>>= BITS;
            log2Left -= BITS;
            level++;
        }
        long mask = log2Left == BITS ? -1 : (1L << (1 << log2Left)) - 1;
        return (levels[level][index >>> BITS] & mask << index) != 0;
    }

    long count() {
        long count = 0;
        for (long word : levels[0]) {
            count += Long.bitCount(word);
        }
        return count;
    }

    private int descend(int top, int start) {
        int index = start;
        for (int level = top; level >= 0; level--) {
            index = index << BITS | Long.numberOfTrailingZeros(levels[level][index]);
        }
        return index;
    }
}
