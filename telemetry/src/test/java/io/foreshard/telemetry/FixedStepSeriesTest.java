package io.foreshard.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FixedStepSeriesTest {

    private static final double NAN = Double.NaN;

    private final FixedStepSeries series = new FixedStepSeries(Duration.ofSeconds(1), 8);

    @Test
    void samplesOfOneStepAreAveragedAndTheStepThatIsNotOverIsLeftOut() {
        add(0.1, 1);
        add(0.9, 3);
        add(1.5, 4);
        assertArrayEquals(new double[] {2}, values(1.9));
        assertArrayEquals(new double[] {2, 4}, values(2));
        assertArrayEquals(new double[] {2, 4, NAN}, values(3.2));
    }

    @Test
    void jitterIsBridgedAndAGapIsNot() {
        add(0.9, 1);
        add(2.1, 3);
        add(5.5, 7);
        assertArrayEquals(new double[] {1, 2, 3, NAN, NAN, 7}, values(6));
        assertFalse(series.add(nanos(1.5), 100), "a bridge is not mixed with samples");
        assertTrue(series.add(nanos(3.5), 5), "a gap takes what comes late");
        assertArrayEquals(new double[] {1, 2, 3, 5, NAN, 7}, values(6));
    }

    @Test
    void onlyTheNewestStepsAreKept() {
        for (int i = 0; i < 20; i++) {
            add(i, i);
        }
        assertArrayEquals(new double[] {12, 13, 14, 15, 16, 17, 18, 19}, values(20));
        assertFalse(series.add(nanos(3), 1));
    }

    @Test
    void aJumpOfTheClockStartsAnew() {
        add(0, 1);
        add(1_000_000, 2);
        assertArrayEquals(new double[] {2}, values(1_000_001));
        for (int i = 0; i < 7; i++) {
            assertFalse(series.add(nanos(10 + i), i));
        }
        assertTrue(series.add(nanos(17), 7));
        assertArrayEquals(new double[] {7}, values(18));
    }

    @Test
    void whatIsNoNumberIsNotTaken() {
        assertFalse(series.add(0, NAN));
        assertFalse(series.add(0, Double.POSITIVE_INFINITY));
        assertEquals(0, values(10).length);
    }

    @Test
    void regularSamplesComeBackWhateverTheirJitter() {
        Property.named("no gaps and no extremes of its own").check((random, size) -> {
            FixedStepSeries some = new FixedStepSeries(Duration.ofSeconds(1), 64);
            for (int i = 0; i < size; i++) {
                some.add(nanos(i + 0.5 + 0.24 * (2 * random.nextDouble() - 1)), i);
            }
            double[] values = some.values(nanos(size));
            assertEquals(Math.min(size, 64), values.length);
            for (int i = 0; i < values.length; i++) {
                assertEquals(size - values.length + i, values[i]);
            }
        });
        Property.named("a grid that drifts against the steps leaves no gaps").check((random, size) -> {
            FixedStepSeries some = new FixedStepSeries(Duration.ofSeconds(1), 256);
            double phase = random.nextDouble();
            for (int i = 0; i < size; i++) {
                some.add(nanos(phase + i * 1.2), 5);
            }
            for (double value : some.values(nanos(phase + (size - 1) * 1.2))) {
                assertEquals(5, value);
            }
        });
    }

    @Test
    void anySamplesKeepItWhole() {
        Property.named("any times and values").runs(300).check((random, size) -> {
            FixedStepSeries some = new FixedStepSeries(Duration.ofNanos(1000), 16);
            for (int i = 0; i < size; i++) {
                long time = random.nextLong() >> random.nextInt(64);
                some.add(time, Double.longBitsToDouble(random.nextLong()));
                assertTrue(some.values(random.nextLong() >> random.nextInt(64)).length <= 16);
            }
        });
    }

    @Test
    void theLongestStepHasADefaultToo() {
        FixedStepSeries years = new FixedStepSeries(Duration.ofDays(366), 2);
        assertTrue(years.newestStepNanos().isEmpty());
        assertTrue(years.add(Duration.ofDays(400).toNanos(), 1));
        assertEquals(Duration.ofDays(366).toNanos(), years.newestStepNanos().getAsLong());
        assertThrows(IllegalArgumentException.class, () -> new FixedStepSeries(Duration.ofDays(1_000_000), 2));
    }

    @Test
    void settingsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new FixedStepSeries(Duration.ZERO, 8));
        assertThrows(IllegalArgumentException.class, () -> new FixedStepSeries(Duration.ofSeconds(1), 1));
    }

    private void add(double seconds, double value) {
        assertTrue(series.add(nanos(seconds), value));
    }

    private double[] values(double seconds) {
        return series.values(nanos(seconds));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
