package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class QueueWatchTest {

    private static final long MILLI = 1_000_000L;
    private static final long BASE = 20 * MILLI;
    private static final long TARGET = 6 * MILLI;
    private static final long LONG = 20 * MILLI;

    private final QueueWatch watch = new QueueWatch();
    private final RateSample sample = new RateSample();
    private long millis;

    /** Sees a queue once per 10 ms for a time; returns whether it became suspicious. */
    private boolean see(long queueMillis, long lengthMillis) {
        boolean suspicious = false;
        for (long end = millis + lengthMillis; millis < end; millis += 10) {
            sample.nowNanos = millis * MILLI;
            sample.smoothedRttNanos = BASE + queueMillis * MILLI;
            suspicious |= watch.onRtt(sample, queueMillis * MILLI, TARGET, LONG, 0);
        }
        return suspicious;
    }

    @Test
    void aLongQueueIsSuspiciousAfterASecond() {
        see(5, 20);
        assertFalse(see(40, 900));
        assertTrue(see(40, 300));
    }

    @Test
    void oneShortRoundTripStartsTheWaitAnew() {
        see(5, 20);
        assertFalse(see(40, 900));
        see(5, 10);
        assertFalse(see(40, 900));
    }

    @Test
    void whatSeveralOfOurKindMakeTogetherIsNotLong() {
        see(5, 20);
        assertFalse(see(19, 60_000));
    }

    @Test
    void aQueueThatShrinksGetsMoreTimeButNotForEver() {
        see(5, 20);
        assertFalse(see(400, 100));
        for (int queue = 300; queue > 130; queue = queue * 3 / 4) {
            assertFalse(see(queue, 300), "queue " + queue);
        }
        assertTrue(see(100, 1_500));
    }

    @Test
    void checksInVainMakeItPatient() {
        see(5, 20);
        watch.backOff();
        watch.backOff();
        assertFalse(see(40, 1_900));
        assertTrue(see(40, 300));
    }
}
