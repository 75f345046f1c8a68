package io.foreshard.jmh.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GridTest {

    private static final List<StampedValue> SAMPLES = List.of(
            new StampedValue(604, 4), new StampedValue(310, 1), new StampedValue(599, 3), new StampedValue(1_500, 8));

    @Test
    void averagesWhatFallsIntoOneStepAndLeavesGaps() {
        assertArrayEquals(
                new double[] {2, 4, Double.NaN, Double.NaN, 8},
                Grid.of(SAMPLES, 300).means());
    }

    @Test
    void countsNothingAsZero() {
        assertArrayEquals(new double[] {4, 4, 0, 0, 8}, Grid.of(SAMPLES, 300).sums());
    }

    @Test
    void fillsGapsWithStraightLines() {
        double nothing = Double.NaN;
        assertArrayEquals(
                new double[] {1, 1, 2, 3, 4, 4},
                Grid.filled(new double[] {nothing, 1, nothing, nothing, 4, nothing}),
                1e-12);
    }

    @Test
    void groupsWholeGroupsOnly() {
        assertArrayEquals(new double[] {3, 7}, Grid.summed(new double[] {1, 2, 3, 4, 5}, 2));
        assertArrayEquals(new double[] {1.5, 3.5}, Grid.averaged(new double[] {1, 2, 3, 4, 5}, 2));
    }

    @Test
    void comesBackFromAFolderAsItWent(@TempDir Path folder) throws IOException {
        double[] values = {1.5, Double.NaN, 1e-300, -2};
        Path written = SeriesFolder.write(folder.resolve("x"), List.of(new NamedSeries("load", 24, 48, values)));
        NamedSeries read = SeriesFolder.read(written).get(0);
        assertArrayEquals(values, read.values());
        assertEquals("load 24 48", read.name() + " " + read.period() + " " + read.horizonSteps());
    }
}
