package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CubicWindowTest {

    private static final long MILLI = 1_000_000L;
    private static final long RTT = 100 * MILLI;
    private static final int SEGMENT = 1448;

    private final CubicWindow window = new CubicWindow();

    /** Lets a window's worth of acknowledgements arrive per round trip; returns the time. */
    private long run(long from, long nanos, long rttNanos) {
        long now = from;
        while (now < from + nanos) {
            now += rttNanos;
            long acked = window.bytes();
            for (long part = 0; part < acked; part += 8 * SEGMENT) {
                window.onAck(now, rttNanos, Math.min(8 * SEGMENT, acked - part));
            }
        }
        return now;
    }

    @Test
    void aLossCostsThreeTenths() {
        window.start(0, 100 * SEGMENT);
        window.onLoss(RTT, RTT);
        assertEquals(70.0, (double) window.bytes() / SEGMENT, 0.01);
    }

    @Test
    void lossesOfOneRoundTripCountOnce() {
        window.start(0, 100 * SEGMENT);
        window.onLoss(RTT, RTT);
        window.onLoss(RTT + RTT / 2, RTT);
        assertEquals(70.0, (double) window.bytes() / SEGMENT, 0.01);
        window.onLoss(2 * RTT, RTT);
        assertEquals(49.0, (double) window.bytes() / SEGMENT, 0.01);
    }

    @Test
    void isBackWhereItLostAfterTheTimeOfRfc9438() {
        window.start(0, 1000 * SEGMENT);
        window.onLoss(0, RTT);
        double seconds = Math.cbrt(1000 * 0.3 / 0.4);
        run(0, (long) (seconds * 1e9), RTT);
        assertEquals(1000, (double) window.bytes() / SEGMENT, 15);
    }

    @Test
    void growsLikeRenoWhereThatIsFaster() {
        window.start(0, 20 * SEGMENT);
        window.onLoss(0, 10 * MILLI);
        run(0, 100 * MILLI, 10 * MILLI);
        // Ten round trips of 0.53 segments each; the cubic would have grown by next to nothing.
        assertEquals(14 + 10 * 0.529, (double) window.bytes() / SEGMENT, 1);
    }

    @Test
    void neverFallsBelowTwoSegments() {
        window.start(0, SEGMENT);
        for (int i = 1; i < 20; i++) {
            window.onLoss(i * RTT, RTT);
        }
        assertTrue(window.bytes() >= 2 * SEGMENT);
    }

    @Test
    void aSecondLossBelowThePlateauLowersIt() {
        window.start(0, 1000 * SEGMENT);
        window.onLoss(0, RTT);
        window.onLoss(RTT, RTT);
        double lower = 700 * 0.85;
        run(RTT, (long) (Math.cbrt((lower - 490) / 0.4) * 1e9), RTT);
        assertEquals(lower, (double) window.bytes() / SEGMENT, 15);
    }
}
