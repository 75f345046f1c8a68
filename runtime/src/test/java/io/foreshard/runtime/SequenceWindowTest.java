package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceWindowTest {

    private static final long[] STARTS = {0, 1, 63, 1_000, Long.MAX_VALUE - 700, -1_500_000, 1L << 40};

    @Test
    void agreesWithASetOfAllNumbersMarked() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int bits = 64 << random.nextInt(5);
            SequenceWindow window = new SequenceWindow(bits);
            Set<Long> marked = new HashSet<>();
            long highest = STARTS[(int) (seed % STARTS.length)];
            for (int step = 0; step < 600; step++) {
                String where = "seed " + seed + " step " + step;
                long sequence = near(highest, bits, random);
                boolean below = !marked.isEmpty() && isBelow(sequence, highest, bits);
                assertEquals(below, window.isBelowWindow(sequence), where);
                assertEquals(!below && marked.contains(sequence), window.isMarked(sequence), where);
                boolean expected = !below && !marked.contains(sequence);
                assertEquals(expected, window.tryMark(sequence), where);
                if (expected) {
                    highest = marked.isEmpty() || Long.compareUnsigned(sequence, highest) > 0 ? sequence : highest;
                    marked.add(sequence);
                }
                assertEquals(highest, window.highest(), where);
                assertFalse(window.isEmpty(), where);
                if (step % 20 == 0) {
                    assertEquals(rangesOf(marked, highest, bits), collect(window, bits), where);
                }
            }
        }
    }

    @Test
    void holdsNothingAtFirst() {
        SequenceWindow window = new SequenceWindow(64);
        assertTrue(window.isEmpty());
        assertFalse(window.isMarked(0));
        assertFalse(window.isBelowWindow(0));
        assertEquals(0, window.collectRanges(new long[4], new long[4], 4));
        assertTrue(window.tryMark(0));
        assertFalse(window.tryMark(0));
        assertFalse(window.isEmpty());
    }

    @Test
    void acceptsOlderNumbersThatArriveAfterTheFirst() {
        SequenceWindow window = new SequenceWindow(64);
        assertTrue(window.tryMark(100));
        assertTrue(window.tryMark(37));
        assertFalse(window.tryMark(36));
        assertTrue(window.isBelowWindow(36));
        assertFalse(window.isMarked(36));
    }

    @Test
    void forgetsWhatAJumpLeavesBehindAndNothingElse() {
        SequenceWindow window = new SequenceWindow(128);
        for (long sequence = 0; sequence < 128; sequence++) {
            assertTrue(window.tryMark(sequence));
        }
        assertTrue(window.tryMark(200));
        assertEquals(List.of("200-200", "73-127"), collect(window, 10));
        assertTrue(window.tryMark(-1));
        assertEquals(List.of("18446744073709551615-18446744073709551615"), collect(window, 10));
    }

    @Test
    void writesTheNewestRangesWhenThereIsNoRoomForAll() {
        SequenceWindow window = new SequenceWindow(256);
        for (long sequence = 0; sequence < 100; sequence += 2) {
            window.tryMark(sequence);
        }
        assertEquals(List.of("98-98", "96-96", "94-94"), collect(window, 3));
        assertEquals(2, window.collectRanges(new long[2], new long[5], 5));
        assertEquals(0, window.collectRanges(new long[2], new long[2], 0));
        assertEquals(50, collect(window, 60).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -64, 32, 63, 65, 96, 1 << 25, Integer.MIN_VALUE})
    void refusesAWidthThatIsNotAPowerOfTwoInRange(int bits) {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> new SequenceWindow(bits));
        assertEquals("bits: " + bits + " (expected: a power of two, 64…16777216)", thrown.getMessage());
    }

    private static long near(long highest, int bits, SplittableRandom random) {
        long delta = random.nextInt(8) == 0 ? random.nextInt(4 * bits) : random.nextInt(6);
        long sequence = random.nextInt(3) == 0 ? highest - random.nextInt(2 * bits) : highest + delta;
        // Neither below zero nor beyond 2^64 - 1: the window has no wrap.
        boolean wrapped = Math.abs(sequence - highest) <= 4L * bits
                && (sequence - highest < 0) != (Long.compareUnsigned(sequence, highest) < 0);
        return wrapped ? highest : sequence;
    }

    private static boolean isBelow(long sequence, long highest, int bits) {
        return unsigned(sequence).add(BigInteger.valueOf(bits)).compareTo(unsigned(highest)) <= 0;
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    private static List<String> rangesOf(Set<Long> marked, long highest, int bits) {
        List<String> ranges = new ArrayList<>();
        int offset = 0;
        while (offset < bits) {
            int end = offset;
            while (offset < bits && marked.contains(highest - offset)) {
                offset++;
            }
            if (offset > end) {
                ranges.add(Long.toUnsignedString(highest - offset + 1) + "-" + Long.toUnsignedString(highest - end));
            } else {
                offset++;
            }
        }
        return ranges;
    }

    private static List<String> collect(SequenceWindow window, int maxRanges) {
        long[] starts = new long[maxRanges];
        long[] ends = new long[maxRanges];
        int count = window.collectRanges(starts, ends, maxRanges);
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ranges.add(Long.toUnsignedString(starts[i]) + "-" + Long.toUnsignedString(ends[i]));
        }
        return ranges;
    }
}
