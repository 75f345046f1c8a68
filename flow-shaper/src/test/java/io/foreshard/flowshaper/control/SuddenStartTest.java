package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.spi.DelayCalculator;
import org.junit.jupiter.api.Test;

class SuddenStartTest {

    private static final long STEP_NANOS = 10_000_000;
    private static final double RELEASE = 1e7;

    private final StubView view = new StubView();
    private final DelayCalculator law = PacedDelayCalculator.builder().build();

    /** On a path that is shorter than the loop is thought to be, the queue shows before the departures that made it are looked at. */
    @Test
    void isNotTakenForAPathThatPassesNothing() {
        view.stepNanos = STEP_NANOS;
        view.loopDelayNanos = 4 * STEP_NANOS;
        view.queueDelayNanos = 0;
        view.pathAgeNanos = 0;
        long now = 0;
        double rate = DelayCalculator.UNLIMITED;
        for (int step = 0; step < 100; step++, now += STEP_NANOS) {
            rate = law.rateBytesPerSecond(view, now);
        }
        view.arrival = RELEASE;
        view.release = RELEASE;
        for (int step = 0; step < 20 && rate == DelayCalculator.UNLIMITED; step++, now += STEP_NANOS) {
            // Half of what is sent stays in the queue, so half of the rate is what it passes.
            view.queueDelayNanos += STEP_NANOS;
            rate = law.rateBytesPerSecond(view, now);
        }
        double limit = rate;
        assertTrue(limit > RELEASE / 2 / 5 && limit <= RELEASE, () -> "limit " + limit);
    }
}
