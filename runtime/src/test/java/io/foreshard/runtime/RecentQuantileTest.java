package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentQuantileTest {

    @Test
    void tellsWhatItWasGivenFirstUntilASampleComes() {
        RecentQuantile quantile = new RecentQuantile(0.95, 64, 7);
        assertEquals(7, quantile.value());
        quantile.add(3);
        assertEquals(3, quantile.value());
    }

    @Test
    void isTheSmallestSampleThatTheShareDoesNotExceed() {
        RecentQuantile quantile = new RecentQuantile(0.95, 100, 0);
        for (int i = 1; i <= 100; i++) {
            quantile.add(i * 1000L);
        }
        assertEquals(95_000, quantile.value());
    }

    @Test
    void countsTheNewestOnly() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int kept = 1 + random.nextInt(100);
            double level = 1 - random.nextDouble();
            RecentQuantile quantile = new RecentQuantile(level, kept, 0);
            Deque<Long> newest = new ArrayDeque<>();
            for (int i = 0; i < 300; i++) {
                long sample = random.nextLong(-25, 25);
                quantile.add(sample);
                newest.add(sample);
                if (newest.size() > kept) {
                    newest.remove();
                }
                assertEquals(slow(newest, level), quantile.value(), "seed " + seed + ", sample " + i);
            }
        }
    }

    private static long slow(Deque<Long> samples, double level) {
        return samples.stream()
                .sorted()
                .filter(value ->
                        samples.stream().filter(other -> other <= value).count() >= level * samples.size())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aQuantileOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RecentQuantile(0, 64, 0));
        assertThrows(IllegalArgumentException.class, () -> new RecentQuantile(1.1, 64, 0));
        assertThrows(IllegalArgumentException.class, () -> new RecentQuantile(0.95, 0, 0));
    }
}
