package io.foreshard.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeasonsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Random random = new Random(3);

    private double[] series(int length, double day, double week) {
        double[] samples = new double[length];
        Arrays.setAll(
                samples,
                hour -> day * Math.sin(2 * Math.PI * hour / 24)
                        + (hour / 24 % 7 >= 5 ? -week : 0)
                        + random.nextGaussian());
        samples[length / 2] = Double.NaN;
        return samples;
    }

    @Test
    void findsTheDayAndTheWeek() {
        assertEquals(List.of(24), Seasons.of(series(800, 5, 0), HOUR));
        assertEquals(List.of(24, 168), Seasons.of(series(800, 5, 5), HOUR));
        assertEquals(
                List.of(7),
                Seasons.of(
                        new double[] {1, 1, 1, 1, 1, 9, 9, 1, 1, 1, 1, 1, 9, 9, 1, 1, 1, 1, 1, 9, 9},
                        Duration.ofDays(1)));
    }

    @Test
    void findsNothingInNoiseOrInTooLittle() {
        assertEquals(List.of(), Seasons.of(series(800, 0, 0), HOUR));
        assertEquals(List.of(), Seasons.of(series(60, 5, 5), HOUR));
        assertEquals(List.of(), Seasons.of(series(800, 5, 5), Duration.ofMinutes(7)));
        assertEquals(List.of(), Seasons.of(new double[200], HOUR));
    }
}
