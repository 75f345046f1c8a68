package io.foreshard.forecast.intermittent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.forecast.intermittent.IdleTimeHistogram.Basis;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class IdleTimeHistogramTest {

    @Test
    void keepsTheStandardWindowWhileItKnowsTooLittle() {
        IdleTimeHistogram histogram = IdleTimeHistogram.builder().build();
        assertWindow(histogram, Basis.STANDARD, 0, 240);
        for (int use = 0; use < 9; use++) {
            histogram.record(30);
        }
        assertWindow(histogram, Basis.STANDARD, 0, 240);
        histogram.record(30);
        assertEquals(Basis.HISTOGRAM, histogram.basis());
    }

    @Test
    void isReadyShortlyBeforeARegularUse() {
        IdleTimeHistogram histogram = IdleTimeHistogram.builder().build();
        for (int use = 0; use < 50; use++) {
            histogram.record(60);
        }
        // 60 less a tenth, to the end of the bin of 60 and a tenth.
        assertWindow(histogram, Basis.HISTOGRAM, 54, 68 - 54);
    }

    @Test
    void reachesFromTheHeadToTheTailPercentile() {
        IdleTimeHistogram histogram =
                IdleTimeHistogram.builder().margin(0).percentiles(0.05, 0.95).build();
        for (int use = 0; use < 100; use++) {
            histogram.record(use < 4 ? 2 : use < 96 ? 20 : 200);
        }
        assertWindow(histogram, Basis.HISTOGRAM, 20, 1);
    }

    @Test
    void keepsTheStandardWindowWhenTheIdleTimesFillTheBinsEvenly() {
        IdleTimeHistogram histogram = IdleTimeHistogram.builder().build();
        for (int use = 0; use < 2400; use++) {
            histogram.record(use % 240);
        }
        assertEquals(0, histogram.variation(), 1e-9);
        assertWindow(histogram, Basis.STANDARD, 0, 240);
    }

    @Test
    void expectsTheNextIdleTimeWhenMostAreBeyondTheBins() {
        IdleTimeHistogram histogram = IdleTimeHistogram.builder().build();
        for (int use = 0; use < 40; use++) {
            histogram.record(300);
        }
        assertEquals(1, histogram.outOfBoundsShare());
        assertWindow(histogram, Basis.TIME_SERIES, 255, 345 - 255);
    }

    @Test
    void forgetsOldIdleTimes() {
        IdleTimeHistogram histogram = IdleTimeHistogram.builder().build();
        for (int use = 0; use < 100_000; use++) {
            histogram.record(10);
        }
        for (int use = 0; use < 40_000; use++) {
            histogram.record(100);
        }
        assertTrue(histogram.preWarmSteps() > 80, "pre-warm " + histogram.preWarmSteps());
    }

    @Test
    void catchesMoreUsesThanItMissesWithLessTimeReadyThanTheStandard() {
        IdleTimeHistogram histogram = IdleTimeHistogram.builder().build();
        SeededRandom random = new SeededRandom(11);
        int hits = 0;
        long ready = 0;
        for (int use = 0; use < 2000; use++) {
            long idle = Math.round(90 + 5 * random.nextGaussian());
            if (use >= 100) {
                long from = histogram.preWarmSteps();
                long to = from + histogram.keepAliveSteps();
                hits += idle >= from && idle <= to ? 1 : 0;
                ready += Math.max(0, Math.min(idle, to) - from);
            }
            histogram.record(idle);
        }
        assertTrue(hits >= 1900 * 0.98, "hits " + hits);
        assertTrue(ready < 1900 * 90 * 0.3, "steps ready " + ready);
    }

    @Test
    void theWindowsAreSaneWhateverTheIdleTimesAre() {
        Property.named("windows of idle times are bounded")
                .runs(80)
                .maxSize(300)
                .check((random, size) -> {
                    IdleTimeHistogram histogram = IdleTimeHistogram.builder()
                            .bins(2 + random.nextInt(50))
                            .build();
                    for (int use = 0; use < size; use++) {
                        histogram.record(random.chance(0.1) ? random.nextLong() : random.nextInt(60));
                        assertTrue(histogram.preWarmSteps() >= 0, "pre-warm " + histogram.preWarmSteps());
                        assertTrue(histogram.keepAliveSteps() >= 1, "keep-alive " + histogram.keepAliveSteps());
                    }
                });
    }

    @Test
    void goesOnTheSameAfterARoundTrip() throws IOException {
        IdleTimeHistogram histogram =
                IdleTimeHistogram.builder().bins(60).margin(0.2).build();
        SeededRandom random = new SeededRandom(2);
        for (int use = 0; use < 5000; use++) {
            histogram.record(random.nextInt(30) + random.nextInt(40));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        histogram.save(new DataOutputStream(bytes));
        IdleTimeHistogram loaded =
                IdleTimeHistogram.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        for (int use = 0; use < 5000; use++) {
            assertWindow(loaded, histogram.basis(), histogram.preWarmSteps(), histogram.keepAliveSteps());
            assertEquals(histogram.variation(), loaded.variation());
            int idle = random.nextInt(80);
            histogram.record(idle);
            loaded.record(idle);
        }
    }

    @Test
    void saysWhatIsWrongWithASetting() {
        IdleTimeHistogram.Builder builder = IdleTimeHistogram.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.bins(1));
        assertThrows(IllegalArgumentException.class, () -> builder.percentiles(0.5, 0.5));
        assertThrows(IllegalArgumentException.class, () -> builder.percentiles(0.5, 1.5));
        assertThrows(IllegalArgumentException.class, () -> builder.margin(-0.1));
        assertThrows(IllegalArgumentException.class, () -> builder.leastVariation(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> builder.mostOutOfBounds(2));
        assertThrows(IllegalArgumentException.class, () -> builder.leastSamples(0));
    }

    private static void assertWindow(IdleTimeHistogram histogram, Basis basis, long preWarm, long keepAlive) {
        assertEquals(basis, histogram.basis());
        assertEquals(preWarm, histogram.preWarmSteps());
        assertEquals(keepAlive, histogram.keepAliveSteps());
    }
}
