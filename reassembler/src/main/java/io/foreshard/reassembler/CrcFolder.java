package io.foreshard.reassembler;

import io.foreshard.shardcodec.Crc32c;

/** Joins the checksums of pieces. Keeps the operators of the lengths used last, for a message has few different lengths. */
final class CrcFolder {

    private static final int ENTRIES = 8;

    private final long[] lengths = new long[ENTRIES];
    private final int[] operators = new int[ENTRIES];
    private int oldest;

    /** Returns the checksum of a text with a second text appended. */
    int append(int first, int second, long secondLength) {
        return Crc32c.append(first, second, operator(secondLength));
    }

    private int operator(long length) {
        for (int entry = 0; entry < ENTRIES; entry++) {
            if (lengths[entry] == length) {
                return operators[entry];
            }
        }
        int operator = Crc32c.operatorFor(length);
        lengths[oldest] = length;
        operators[oldest] = operator;
        oldest = (oldest + 1) % ENTRIES;
        return operator;
    }
}
