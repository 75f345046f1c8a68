package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RttEstimatorTest {

    private static final long MILLI = 1_000_000;

    private final RttEstimator rtt = new RttEstimator(100 * MILLI);

    @Test
    void assumesTheInitialValueUntilTheFirstSample() {
        assertFalse(rtt.hasSample());
        assertEquals(100 * MILLI, rtt.smoothedNanos());
        assertEquals(50 * MILLI, rtt.variationNanos());
        assertEquals(100 * MILLI, rtt.latestNanos());
        assertEquals(100 * MILLI, rtt.minNanos());
        // 100 + 4 * 50 + 25
        assertEquals(325 * MILLI, rtt.ptoNanos(25 * MILLI));
    }

    @Test
    void takesTheFirstSampleAsItIsWithoutAckDelay() {
        rtt.onSample(40 * MILLI, 30 * MILLI, 0);
        assertTrue(rtt.hasSample());
        assertEquals(40 * MILLI, rtt.latestNanos());
        assertEquals(40 * MILLI, rtt.minNanos());
        assertEquals(40 * MILLI, rtt.smoothedNanos());
        assertEquals(20 * MILLI, rtt.variationNanos());
    }

    @Test
    void smoothsAsRfc9002Says() {
        rtt.onSample(40 * MILLI, 0, 0);
        rtt.onSample(80 * MILLI, 0, MILLI);
        // var = 3/4 * 20 + 1/4 * |40 - 80| = 25; smoothed = 7/8 * 40 + 1/8 * 80 = 45
        assertEquals(25 * MILLI, rtt.variationNanos());
        assertEquals(45 * MILLI, rtt.smoothedNanos());
        assertEquals(40 * MILLI, rtt.minNanos());
        // 45 + 4 * 25 + 10
        assertEquals(155 * MILLI, rtt.ptoNanos(10 * MILLI));
        // 9/8 * max(45, 80)
        assertEquals(90 * MILLI, rtt.lossDelayNanos());
    }

    @Test
    void subtractsTheAckDelayOnlyDownToTheMinimum() {
        rtt.onSample(40 * MILLI, 0, 0);
        rtt.onSample(80 * MILLI, 40 * MILLI, MILLI);
        // 80 - 40 = 40 is not below the minimum: var = 3/4 * 20 + 0, smoothed stays
        assertEquals(40 * MILLI, rtt.smoothedNanos());
        assertEquals(15 * MILLI, rtt.variationNanos());
        rtt.onSample(80 * MILLI, 40 * MILLI + 1, 2 * MILLI);
        // now it would be: the whole 80 count, smoothed = 7/8 * 40 + 1/8 * 80
        assertEquals(45 * MILLI, rtt.smoothedNanos());
    }

    @Test
    void learnsALongerRouteAfterTheWindowOfTheMinimum() {
        rtt.onSample(10 * MILLI, 0, 0);
        for (long now = 100 * MILLI; now <= 9_900 * MILLI; now += 100 * MILLI) {
            rtt.onSample(50 * MILLI, 0, now);
        }
        assertEquals(10 * MILLI, rtt.minNanos());
        rtt.onSample(50 * MILLI, 0, 10_001 * MILLI);
        assertEquals(50 * MILLI, rtt.minNanos());
    }

    @Test
    void neverWaitsLessThanOneMillisecond() {
        for (int i = 0; i < 100; i++) {
            rtt.onSample(1_000, 0, i);
        }
        assertEquals(1_000, rtt.smoothedNanos());
        assertEquals(1_000 + MILLI, rtt.ptoNanos(0));
        assertEquals(MILLI, rtt.lossDelayNanos());
    }

    @Test
    void staysSaneWhateverIsReported() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RttEstimator any = new RttEstimator(1 + random.nextLong(1_000 * MILLI));
            long now = 0;
            for (int i = 0; i < 200; i++) {
                now += random.nextLong(1_000 * MILLI);
                any.onSample(random.nextLong() >> random.nextInt(64), random.nextLong() >> random.nextInt(64), now);
                String where = "seed " + seed + " sample " + i;
                assertTrue(any.latestNanos() >= any.minNanos() || !any.hasSample(), where);
                assertTrue(any.minNanos() >= 0 && any.variationNanos() >= 0, where);
                assertTrue(any.smoothedNanos() >= 0 && any.smoothedNanos() <= 3_600_000 * MILLI, where);
                assertTrue(any.ptoNanos(0) >= any.smoothedNanos() + MILLI, where);
                assertTrue(any.lossDelayNanos() >= MILLI, where);
            }
        }
    }

    @Test
    void refusesAnInitialValueOutsideItsRange() {
        assertThrows(IllegalArgumentException.class, () -> new RttEstimator(0));
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> new RttEstimator(Long.MAX_VALUE));
        assertEquals("initialRttNanos: 9223372036854775807 (expected: 1…3600000000000)", thrown.getMessage());
    }
}
