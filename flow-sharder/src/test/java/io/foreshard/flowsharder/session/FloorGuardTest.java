package io.foreshard.flowsharder.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FloorGuardTest {

    private static final long SECOND = 1_000_000_000L;
    private static final double BEST = 1e6;

    private final FloorGuard guard = new FloorGuard(0);
    private long now;
    private double delivered;
    private long collapsedNanos;

    /** Runs for a time with one rate over all legs, and another while collapsed. */
    private void run(double together, double alone, boolean isBusy, long seconds) {
        for (long end = now + seconds * SECOND; now < end; now += SECOND / 100) {
            delivered += (guard.isCollapsed() ? alone : together) / 100;
            collapsedNanos += guard.isCollapsed() ? SECOND / 100 : 0;
            guard.observe((long) delivered, isBusy, BEST, 2, now);
        }
    }

    @Test
    void leavesLegsAloneThatAreFasterTogether() {
        run(0.95 * BEST, BEST, true, 100);
        assertEquals(0, collapsedNanos);
    }

    @Test
    void staysWithTheBestLegForLongerAndLongerWhereThatHelps() {
        run(0.5 * BEST, BEST, true, 300);
        assertTrue(collapsedNanos > 280 * SECOND, () -> collapsedNanos / SECOND + " s");
    }

    /** A slow reader makes it look the same; then all legs are as good as one. */
    @Test
    void leavesLegsAloneThatAreNotToBlame() {
        run(0.5 * BEST, 0.5 * BEST, true, 300);
        assertTrue(collapsedNanos < 150 * SECOND, () -> collapsedNanos / SECOND + " s");
        assertTrue(collapsedNanos > 0);
    }

    @Test
    void saysNothingOfAStreamThatHasLittleToSend() {
        run(0.1 * BEST, BEST, false, 100);
        assertEquals(0, collapsedNanos);
        assertFalse(guard.isCollapsed());
    }
}
