package io.foreshard.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void putsTicksAtRoundValues() {
        assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0), Scale.LINEAR.ticks(0, 100, 5));
        assertEquals(List.of(-1.0, 0.0, 1.0), Scale.LINEAR.ticks(-1.3, 1.4, 3));
        assertEquals(List.of(1.0, 10.0, 100.0, 1000.0), Scale.LOG.ticks(1, 1000, 5));
        assertEquals(List.of(1.0, 2.0, 5.0, 10.0), Scale.LOG.ticks(1, 10, 5));
        assertEquals(List.of(0.0, 0.5, 0.75, 0.9, 0.99), Scale.TAIL.ticks(0, 0.995, 5));
    }

    private static List<String> times(String start, double seconds, int wanted) {
        Range range = new Range(Scale.TIME);
        range.include(0);
        range.include(seconds);
        range.open();
        return Axis.over(range, Scale.TIME, "", "", Instant.parse(start)).ticks(wanted).stream()
                .map(Axis.Tick::text)
                .toList();
    }

    @Test
    void putsTicksAtWhatClocksAndCalendarsCallRound() {
        assertEquals(List.of("22:00", "23:00", "May 1", "01:00"), times("2026-04-30T21:10:00Z", 4 * 3600, 4));
        assertEquals(List.of("Apr 30", "May 1", "May 2"), times("2026-04-29T12:00:00Z", 3 * 86_400, 4));
        assertEquals(List.of("10:00:10", "10:00:20"), times("2026-04-29T10:00:05Z", 20, 2));
        assertEquals(List.of("2026-01-01", "2026-02-05", "2026-03-12"), times("2026-01-01T00:00:00Z", 90 * 86_400, 3));
    }

    @Test
    void givesAFewTimesForAnySpan() {
        for (double seconds = 1e-3; seconds < 1e11; seconds *= 1.7) {
            List<String> times = times("2026-04-30T21:10:07.250Z", seconds, 7);
            double span = seconds;
            assertTrue(times.size() >= 2 && times.size() <= 15, () -> span + " s: " + times);
        }
    }

    @Test
    void givesAFewTicksWithinTheBoundsForAnyRange() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 10_000; round++) {
            double low = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-290, 290));
            double high = low + Math.abs(low) * Math.pow(10, random.nextInt(-8, 8));
            List<Double> ticks = Scale.LINEAR.ticks(low, high, 5);
            String range = low + "…" + high;
            assertTrue(ticks.size() >= 2 && ticks.size() <= 11, () -> range + ": " + ticks);
            double room = (high - low) * 1e-3;
            assertTrue(
                    ticks.get(0) >= low - room && ticks.get(ticks.size() - 1) <= high + room,
                    () -> range + ": " + ticks);
        }
    }

    @Test
    void writesNumbersToThePrecisionOfTheStep() {
        assertEquals("2.5", Quantity.of("", 10).format(2.5, 0.5));
        assertEquals("−2", Quantity.of("", 10).format(-2, 1));
        assertEquals("12\u202f500", Quantity.of("", 20_000).format(12_500, 500));
        assertEquals("1.5e9", Quantity.of("", 2e9).format(1.5e9, 5e8));
        assertEquals("2e−7", Quantity.of("", 4e-7).format(2e-7, 1e-7));
        assertEquals("12.5", Quantity.of("B/s", 2e7).format(12.5e6, 5e5));
        assertEquals("250", Quantity.of("s", 3e-4).format(250e-6, 5e-5));
        assertEquals("0", Quantity.of("", 1e300).format(0, 1e299));
    }
}
