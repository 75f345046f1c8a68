package io.foreshard.addrsharding.space;

/** The blocks within 64 units, of which one bit each says whether it is free. A block of order k is 2^k units from a multiple of 2^k on. */
final class UnitWord {

    /** The order of the whole word. */
    static final int ORDER = 6;

    /** Where blocks of an order begin. */
    private static final long[] STARTS = {
        -1L,
        0x5555_5555_5555_5555L,
        0x1111_1111_1111_1111L,
        0x0101_0101_0101_0101L,
        0x0001_0001_0001_0001L,
        0x0000_0001_0000_0001L,
        1L
    };

    private UnitWord() {}

    /** Returns the units of a block, all below {@link #ORDER}. */
    static long mask(int unit, int order) {
        return ((1L << (1 << order)) - 1) << unit;
    }

    /** Returns where free blocks of an order begin, parts of larger ones included. */
    static long blocks(long free, int order) {
        long blocks = free;
        for (int k = 0; k < order; k++) {
            blocks &= blocks >>> (1 << k) & STARTS[k + 1];
        }
        return blocks;
    }

    /** Returns where free blocks of an order begin that are not part of a larger one. */
    static long largest(long free, int order) {
        long blocks = blocks(free, order);
        long larger = blocks & blocks >>> (1 << order) & STARTS[order + 1];
        return blocks & ~(larger | larger << (1 << order));
    }

    /** Returns the order of the largest free block that a free block is part of. */
    static int orderAt(long free, int unit, int order) {
        int largest = order;
        while (largest < ORDER && isFree(free, unit & -(2 << largest), largest + 1)) {
            largest++;
        }
        return largest;
    }

    private static boolean isFree(long free, int unit, int order) {
        long mask = order == ORDER ? -1 : mask(unit, order);
        return (free & mask) == mask;
    }
}
