package io.foreshard.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {

    private static final double NAN = Double.NaN;

    @Test
    void findsTheRhythmInErrors() {
        double[] errors = new double[400];
        for (int index = 0; index < errors.length; index++) {
            errors[index] = index % 50 == 0 ? NAN : Math.sin(2 * Math.PI * index / 8);
        }
        double[] correlations = Diagnostics.autocorrelation(errors, 8);
        assertEquals(1, correlations[7], 0.05);
        assertEquals(-1, correlations[3], 0.05);
    }

    @Test
    void findsNothingInNoise() {
        double[] errors = new Random(5).doubles(2000).toArray();
        for (double correlation : Diagnostics.autocorrelation(errors, 20)) {
            assertTrue(Math.abs(correlation) < 0.08, () -> "autocorrelation " + correlation);
        }
    }

    @Test
    void saysZeroForErrorsThatAreAllAlike() {
        assertArrayEquals(new double[] {0, 0}, Diagnostics.autocorrelation(new double[] {3, 3, 3}, 10));
    }

    @Test
    void countsHitsOverAWindowAndLeavesGapsOut() {
        double[] actual = {1, 9, NAN, 1, 1};
        double[] low = {0, 0, 0, 0, 0};
        double[] high = {2, 2, 2, 2, 2};
        assertArrayEquals(
                new double[] {NAN, 0.5, 0, 1, 1}, Diagnostics.rollingCoverage(actual, low, high, 2), "windows of two");
    }

    @Test
    void countsEveryValueInOneBin() {
        assertArrayEquals(
                new double[] {2, 1, 2}, Diagnostics.histogram(new double[] {-9, 0.1, 1.5, NAN, 2.9, 9}, 0, 3, 3));
    }

    @Test
    void givesQuantilesByRank() {
        double[] values = {4, NAN, 1, 3, 2};
        assertEquals(1, Diagnostics.quantile(values, 0.01));
        assertEquals(2, Diagnostics.quantile(values, 0.5));
        assertEquals(4, Diagnostics.quantile(values, 1));
        assertEquals(NAN, Diagnostics.quantile(new double[] {NAN}, 0.5));
    }
}
