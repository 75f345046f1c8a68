package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WindowedFilterTest {

    private static final long WINDOW = 10_000;

    @Test
    void staysBetweenTheExactMaximaOfTheNewerHalfAndOfTheWholeWindow() {
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            WindowedMax max = new WindowedMax(WINDOW);
            WindowedMin min = new WindowedMin(WINDOW);
            long[] times = new long[800];
            long[] values = new long[times.length];
            long interval = WINDOW / (4L << random.nextInt(6));
            long drift = random.nextLong(-50, 50);
            for (int i = 0; i < times.length; i++) {
                times[i] = i == 0 ? random.nextLong() >> 1 : times[i - 1] + random.nextLong(interval);
                values[i] = drift * i + random.nextLong(-1_000, 1_000);
                max.update(times[i], values[i]);
                min.update(times[i], ~values[i]);
                String where = "seed " + seed + " sample " + i;
                assertTrue(max.get() >= exactMax(times, values, i, WINDOW / 2), where);
                assertTrue(max.get() <= exactMax(times, values, i, WINDOW), where);
                assertEquals(max.get(), max.get(times[i]), where);
                assertEquals(~max.get(), min.get(), where);
                long later = times[i] + random.nextLong(2 * WINDOW);
                assertEquals(~max.get(later), min.get(later), where);
                assertTrue(max.get(later) <= max.get(), where);
            }
        }
    }

    @Test
    void fallsBackToTheSuccessorsAsTheBestSamplesLeaveTheWindow() {
        WindowedMax max = new WindowedMax(WINDOW);
        max.update(0, 100);
        max.update(3_000, 50);
        max.update(6_000, 20);
        assertEquals(100, max.get(10_000));
        assertEquals(50, max.get(10_001));
        assertEquals(50, max.get(13_000));
        assertEquals(20, max.get(13_001));
        assertEquals(20, max.get(16_000));
        assertEquals(Long.MIN_VALUE, max.get(16_001));
        max.update(13_500, 10);
        assertEquals(20, max.get());
    }

    @Test
    void remembersHalfAWindowWhenSuccessorsComeCloseTogether() {
        WindowedMax max = new WindowedMax(WINDOW);
        max.update(0, 1_000);
        max.update(2_600, 0);
        max.update(9_800, 900);
        max.update(9_900, 890);
        for (long now = 10_001; now < 40_000; now += 100) {
            max.update(now, 800 - now / 100);
            assertTrue(max.get() >= 800 - (now - WINDOW / 2) / 100, "at " + now);
        }
    }

    @Test
    void startsAgainWhenNoSampleIsLeftInTheWindow() {
        WindowedMin min = new WindowedMin(WINDOW);
        min.update(0, 10);
        min.update(10_001, 90);
        assertEquals(90, min.get());
    }

    @Test
    void takesTheExtremesOfLongForValues() {
        WindowedMax max = new WindowedMax(WINDOW);
        WindowedMin min = new WindowedMin(WINDOW);
        max.update(0, Long.MIN_VALUE);
        min.update(0, Long.MAX_VALUE);
        assertFalse(max.isEmpty());
        assertFalse(min.isEmpty());
        max.update(0, Long.MAX_VALUE);
        min.update(0, Long.MIN_VALUE);
        assertEquals(Long.MAX_VALUE, max.get());
        assertEquals(Long.MIN_VALUE, min.get());
    }

    @Test
    void isEmptyAtFirstAndAfterReset() {
        WindowedMax max = new WindowedMax(WINDOW);
        WindowedMin min = new WindowedMin(WINDOW);
        for (int round = 0; round < 2; round++) {
            assertTrue(max.isEmpty());
            assertTrue(min.isEmpty());
            assertEquals(Long.MIN_VALUE, max.get());
            assertEquals(Long.MIN_VALUE, max.get(5));
            assertEquals(Long.MAX_VALUE, min.get());
            max.update(0, 5);
            min.update(0, 5);
            assertEquals(5, max.get());
            assertEquals(5, min.get());
            max.reset();
            min.reset();
        }
    }

    @Test
    void refusesAWindowThatIsNotPositive() {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> new WindowedMin(0));
        assertEquals("windowNanos: 0 (expected: > 0)", thrown.getMessage());
    }

    private static long exactMax(long[] times, long[] values, int newest, long window) {
        long max = Long.MIN_VALUE;
        for (int i = newest; i >= 0 && times[newest] - times[i] <= window; i--) {
            max = Math.max(max, values[i]);
        }
        return max;
    }
}
