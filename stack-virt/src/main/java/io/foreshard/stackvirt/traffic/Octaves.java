package io.foreshard.stackvirt.traffic;

/** Bins as wide as a share of what they hold: whole numbers from 0, each octave in as many parts. */
final class Octaves {

    private final int bits;
    private final int bins;

    /**
     * Makes the bins.
     *
     * @param bits each octave has 2^bits of them
     * @param bins how many there are; the last holds all that is larger
     */
    Octaves(int bits, int bins) {
        this.bits = bits;
        this.bins = bins;
    }

    int bins() {
        return bins;
    }

    int bin(long value) {
        if (value < 1L << bits) {
            return (int) Math.max(0, value);
        }
        int octave = 63 - Long.numberOfLeadingZeros(value);
        int part = (int) (value >> (octave - bits)) & ((1 << bits) - 1);
        return Math.min(bins - 1, (1 << bits) + ((octave - bits) << bits) + part);
    }

    /** Returns the largest number of a bin; of the last one, as if it were like the others. */
    long last(int bin) {
        if (bin < 1 << bits) {
            return bin;
        }
        int octave = (bin >> bits) - 1 + bits;
        int part = bin & ((1 << bits) - 1);
        long width = 1L << (octave - bits);
        return (1L << octave) + (part + 1) * width - 1;
    }
}
