package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacerTest {

    private static final int PACKET = 1200;

    /** Sends as fast as the pacer lets, with a timer that is late; returns bytes per second. */
    private static double throughput(long rate, long lateNanos, long lengthNanos) {
        Pacer pacer = new Pacer(0, 1_000_000, 2 * PACKET);
        long now = 0;
        long sent = 0;
        while (now < lengthNanos) {
            long delay = pacer.delayNanos(now, rate, false, PACKET);
            if (delay > 0) {
                now += delay + lateNanos;
            } else {
                pacer.onSent(PACKET);
                sent += PACKET;
            }
        }
        return sent / (now / 1e9);
    }

    @ParameterizedTest
    @CsvSource({
        "10000,0",
        "125000,0",
        "1250000,0",
        "125000000,0",
        "1250000,100000",
        "1250000,2000000",
        "125000000,1000000"
    })
    void keepsTheRateWhateverTheTimersLateness(long rate, long lateNanos) {
        double got = throughput(rate, lateNanos, 4_000_000_000L);
        assertTrue(got < 1.02 * rate + PACKET, () -> "got " + got);
        assertTrue(got > 0.97 * rate, () -> "got " + got);
    }

    @Test
    void aPauseIsNotMadeUpForByABurst() {
        Pacer pacer = new Pacer(0, 1_000_000, 2 * PACKET);
        long now = 10_000_000_000L;
        int burst = 0;
        while (pacer.delayNanos(now, 1_250_000, false, PACKET) == 0) {
            pacer.onSent(PACKET);
            burst++;
        }
        assertEquals(2, burst);
    }
}
