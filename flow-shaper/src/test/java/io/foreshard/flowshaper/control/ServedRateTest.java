package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ServedRateTest {

    private static final long STEP = 10_000_000;
    private final ServedRate served = new ServedRate();

    private void steps(int count, long released, long succeeded, long failed) {
        for (int step = 0; step < count; step++) {
            served.step(released, succeeded, failed, STEP);
        }
    }

    @Test
    void isUnknownWhereNobodyTellsOutcomes() {
        steps(1000, 5000, 0, 0);
        assertTrue(Double.isNaN(served.bytesPerSecond()));
    }

    @Test
    void isWhatSucceededInBytesOfWhatWasLetThrough() {
        steps(3000, 1000, 3, 2);
        // Five outcomes of 1000 bytes in each step, three of them good.
        assertEquals(60_000, served.bytesPerSecond(), 600);
    }

    @Test
    void fallsSoonWhenTheServerGetsLessDone() {
        steps(3000, 1000, 5, 0);
        steps(100, 1000, 1, 0);
        assertTrue(served.bytesPerSecond() < 40_000, () -> "rate " + served.bytesPerSecond());
    }
}
