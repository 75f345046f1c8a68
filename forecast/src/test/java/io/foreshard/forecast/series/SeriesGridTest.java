package io.foreshard.forecast.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesGridTest {

    private static final long SECOND = 1_000_000_000L;
    private static final double NONE = Double.NaN;

    @Test
    void takesSamplesOnAGridAsTheyAre() {
        GriddedSeries gridded = grid(SeriesGrid.builder(), 100, 1, 160, 2, 220, 3);
        assertEquals(RegularSeries.of(100 * SECOND, 60 * SECOND, 1, 2, 3), gridded.series());
        assertTrue(gridded.report().clean());
        assertTrue(gridded.report().stepInferred());
    }

    @Test
    void putsUnorderedSamplesInOrderAndCountsThem() {
        GriddedSeries gridded = grid(SeriesGrid.builder(), 180, 3, 60, 1, 120, 2, 240, 4);
        assertArrayEquals(new double[] {1, 2, 3, 4}, gridded.series().values());
        assertEquals(1, gridded.report().unordered());
    }

    @Test
    void leavesStepsWithoutASampleMissing() {
        GriddedSeries gridded = grid(SeriesGrid.builder(), 0, 1, 60, 2, 240, 5, 300, 6, 360, 7);
        assertArrayEquals(
                new double[] {1, 2, NONE, NONE, 5, 6, 7}, gridded.series().values());
        assertEquals(2, gridded.report().missingSteps());
    }

    @Test
    void averagesDuplicatesOrTakesTheLast() {
        double[] samples = {0, 1, 60, 2, 120, 6, 60, 4, 60, 9};
        GriddedSeries mean = grid(SeriesGrid.builder(), samples);
        GriddedSeries last = grid(SeriesGrid.builder().duplicates(Duplicates.LAST), samples);
        assertArrayEquals(new double[] {1, 5, 6}, mean.series().values());
        assertArrayEquals(new double[] {1, 9, 6}, last.series().values());
        assertEquals(2, mean.report().duplicates());
    }

    @Test
    void aMissingDuplicateDoesNotHideASample() {
        GriddedSeries gridded =
                grid(SeriesGrid.builder(), 0, 1, 60, 2, 60, NONE, 120, Double.POSITIVE_INFINITY, 180, 4);
        assertArrayEquals(new double[] {1, 2, NONE, 4}, gridded.series().values());
        assertEquals(2, gridded.report().notNumbers());
        assertEquals(0, gridded.report().duplicates());
    }

    @Test
    void findsARoundStepAndItsPhaseInJitteredTimes() {
        SeriesGrid grid = SeriesGrid.builder().build();
        long[] jitterMillis = {7, -12, 3, 15, -9, 1, -4, 8, -15, 6};
        for (int i = 0; i < 100; i++) {
            grid.add((i * 10_000L + 500 + jitterMillis[i % 10]) * 1_000_000, i);
        }
        GriddedSeries gridded = grid.toSeries();
        assertEquals(Duration.ofSeconds(10), gridded.series().step());
        assertEquals(100, gridded.series().length());
        assertEquals(0, gridded.series().missing());
        assertEquals(0, gridded.report().shifted());
    }

    @Test
    void keepsAnOddStepThatIsExact() {
        SeriesGrid grid = SeriesGrid.builder().build();
        for (int i = 0; i < 1000; i++) {
            grid.add(i * 301L * SECOND, i);
        }
        assertEquals(Duration.ofSeconds(301), grid.toSeries().series().step());
        assertTrue(grid.toSeries().report().clean());
    }

    @Test
    void aStampYearsOffCostsNoMemory() {
        SeriesGrid grid = SeriesGrid.builder().build();
        for (int i = 0; i < 50; i++) {
            grid.add((1_400_000_000L + i) * SECOND, i);
        }
        grid.add(0, 7);
        grid.add(4_000_000_000L * SECOND, 8);
        GriddedSeries gridded = grid.toSeries();
        assertEquals(50, gridded.series().length());
        assertEquals(1_400_000_000L * SECOND, gridded.series().startNanos());
        assertEquals(2, gridded.report().jumps());
        assertEquals(2, gridded.report().dropped());
    }

    @Test
    void refusesToChooseBetweenManyStretches() {
        SeriesGrid grid = SeriesGrid.builder().build();
        for (int i = 0; i < 9; i++) {
            grid.add(i / 3 * 1_000_000L * SECOND + i % 3 * SECOND, i);
        }
        assertEquals(
                "times: 2 jumps of more than 1000 steps of PT1S"
                        + " (expected: one stretch with half of the samples, another step or a larger maxGapSteps)",
                assertThrows(IllegalArgumentException.class, grid::toSeries).getMessage());
    }

    @Test
    void boundsTheMemoryOfTheGrid() {
        SeriesGrid grid = SeriesGrid.builder()
                .step(Duration.ofNanos(1))
                .maxGapSteps(20_000_000)
                .build();
        for (int i = 0; i < 4; i++) {
            grid.add(i * 15_000_000L, i);
        }
        assertTrue(assertThrows(IllegalArgumentException.class, grid::toSeries)
                .getMessage()
                .startsWith("times: span 45000001 steps (expected: at most 20000000"));
    }

    @Test
    void needsTwoTimesToInferAStepButNotToPlaceOneSample() {
        SeriesGrid one = SeriesGrid.builder().build();
        assertEquals(
                "samples: none (expected: at least 1)",
                assertThrows(IllegalArgumentException.class, one::toSeries).getMessage());
        one.add(5, 1);
        one.add(5, 2);
        assertTrue(assertThrows(IllegalArgumentException.class, one::toSeries)
                .getMessage()
                .startsWith("step: cannot be inferred from one time"));
        assertArrayEquals(
                new double[] {3},
                grid(SeriesGrid.builder().step(Duration.ofSeconds(1)), 5, 3)
                        .series()
                        .values());
    }

    @Test
    void averagesHugeDuplicatesWithoutOverflow() {
        double huge = Double.MAX_VALUE;
        assertArrayEquals(
                new double[] {huge, 1},
                grid(SeriesGrid.builder(), 0, huge, 0, huge, 60, 1).series().values());
    }

    @Test
    void checksItsLimits() {
        SeriesGrid grid = SeriesGrid.builder().maxSamples(1).build();
        grid.add(0, 0);
        assertThrows(IllegalArgumentException.class, () -> grid.add(1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> SeriesGrid.builder().build().add(Long.MIN_VALUE, 1));
        assertThrows(IllegalArgumentException.class, () -> SeriesGrid.builder().maxGapSteps(0));
        assertThrows(IllegalArgumentException.class, () -> SeriesGrid.builder().maxSamples(0));
    }

    @Test
    void theOrderOfTheSamplesDoesNotMatter() {
        Property.named("a grid does not depend on the order of its samples")
                .runs(200)
                .maxSize(300)
                .check((random, size) -> {
                    List<double[]> samples = new ArrayList<>();
                    for (int i = 0; i < size + 2; i++) {
                        samples.add(new double[] {i * 60.0 + random.nextInt(40), random.nextInt(100)});
                    }
                    double[] inOrder = flat(samples);
                    random.shuffle(samples);
                    SeriesGrid.Builder builder = SeriesGrid.builder().step(Duration.ofSeconds(60));
                    RegularSeries expected = grid(builder, inOrder).series();
                    RegularSeries actual = grid(builder, flat(samples)).series();
                    assertEquals(expected.startNanos(), actual.startNanos());
                    assertArrayEquals(expected.values(), actual.values(), 1e-9);
                    assertFalse(expected.length() < size);
                });
    }

    private static double[] flat(List<double[]> samples) {
        return samples.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static GriddedSeries grid(SeriesGrid.Builder builder, double... secondsAndValues) {
        SeriesGrid grid = builder.build();
        for (int i = 0; i < secondsAndValues.length; i += 2) {
            grid.add((long) (secondsAndValues[i] * SECOND), secondsAndValues[i + 1]);
        }
        return grid.toSeries();
    }
}
