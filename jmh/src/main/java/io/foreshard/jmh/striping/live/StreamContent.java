package io.foreshard.jmh.striping.live;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that follow from a seed and their place, so that one that was lost, doubled or moved does not look like the one that belongs there. */
final class StreamContent {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long seed;
    private byte[] expected = new byte[0];

    StreamContent(long seed) {
        this.seed = seed;
    }

    /** Writes what belongs from a place on; both it and the length are multiples of eight. */
    void fill(long offset, byte[] to, int length) {
        for (int i = 0; i < length; i += Long.BYTES) {
            WORDS.set(to, i, word(offset + i));
        }
    }

    /** The mixing of SplitMix64 (Steele et al., OOPSLA 2014). */
    private long word(long offset) {
        long z = seed + (offset >>> 3) * GOLDEN;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Returns how many of these bytes are not those that belong there. */
    long wrong(long offset, byte[] got, int length) {
        int lead = (int) (offset & 7);
        int whole = (lead + length + 7) & ~7;
        if (expected.length < whole) {
            expected = new byte[whole];
        }
        fill(offset - lead, expected, whole);
        int equal = Arrays.mismatch(expected, lead, lead + length, got, 0, length);
        return equal < 0 ? 0 : countWrong(lead, got, length);
    }

    private long countWrong(int lead, byte[] got, int length) {
        long wrong = 0;
        for (int i = 0; i < length; i++) {
            wrong += expected[lead + i] == got[i] ? 0 : 1;
        }
        return wrong;
    }
}
