package io.foreshard.simulator.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTraceTest {

    private static final long MILLI = 1_000_000;

    @Test
    void workIsServedAcrossSteps() {
        CapacityTrace trace = CapacityTrace.sampled(Duration.ofMillis(10), 100_000, 0, 300_000);
        assertEquals(10 * MILLI, trace.finishNanos(0, 1000));
        assertEquals(25 * MILLI, trace.finishNanos(5 * MILLI, 2000));
        assertEquals(30 * MILLI, trace.finishNanos(20 * MILLI, 3000));
    }

    @Test
    void aRepeatedTraceStartsAgain() {
        CapacityTrace trace = CapacityTrace.repeated(Duration.ofMillis(10), 100_000, 0);
        assertEquals(100_000, trace.bytesPerSecondAt(45 * MILLI));
        assertEquals(0, trace.bytesPerSecondAt(55 * MILLI));
        assertEquals(50 * MILLI, trace.finishNanos(0, 3000));
    }

    @Test
    void anEpisodeComesAndGoes() {
        CapacityTrace trace =
                CapacityTrace.constant(1e6).withEpisode(Duration.ofSeconds(2), Duration.ofSeconds(1), 2e5);
        assertEquals(1e6, trace.bytesPerSecondAt(1_999_999_999L));
        assertEquals(2e5, trace.bytesPerSecondAt(2_000_000_000L));
        assertEquals(1e6, trace.bytesPerSecondAt(3_000_000_000L));
    }

    @Test
    void aSlopedEpisodeFallsStaysAndRises() {
        CapacityTrace trace = CapacityTrace.constant(1e6)
                .withSlopedEpisode(Duration.ofSeconds(1), Duration.ofMillis(400), Duration.ofSeconds(1), 2e5, 4);
        double last = 1e6;
        for (long at = 1000; at <= 1400; at += 100) {
            double now = trace.bytesPerSecondAt(at * MILLI);
            assertTrue(now < last, () -> "falls at " + trace);
            last = now;
        }
        assertEquals(2e5, trace.bytesPerSecondAt(2_399 * MILLI));
        assertTrue(trace.bytesPerSecondAt(2_450 * MILLI) > 2e5);
        assertEquals(1e6, trace.bytesPerSecondAt(2_800 * MILLI));
    }

    @Test
    void aTraceThatEndsInAStandstillIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new CapacityTrace(List.of(new CapacityTrace.Step(0, 1), new CapacityTrace.Step(5, 0)), 0));
        assertThrows(IllegalArgumentException.class, () -> new CapacityTrace(List.of(new CapacityTrace.Step(1, 1)), 0));
    }
}
