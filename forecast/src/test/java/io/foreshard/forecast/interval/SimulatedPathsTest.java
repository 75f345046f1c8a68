package io.foreshard.forecast.interval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SimulatedPathsTest {

    private static QuantileCalibrator taught(LastValue model, double... series) {
        QuantileCalibrator calibrator = QuantileCalibrator.builder().build();
        for (double sample : series) {
            calibrator.update(sample, model);
        }
        return calibrator;
    }

    @Test
    void followsFromTheSeedAlone() {
        LastValue model = new LastValue(0.7);
        QuantileCalibrator calibrator = taught(model, Walks.autoregression(1, 0.7, 2000));
        double[][] once = SimulatedPaths.draw(model, calibrator, 20, 30, 5).values();
        double[][] again = SimulatedPaths.draw(model, calibrator, 20, 30, 5).values();
        double[][] other = SimulatedPaths.draw(model, calibrator, 20, 30, 6).values();
        assertTrue(Arrays.deepEquals(once, again));
        assertFalse(Arrays.deepEquals(once, other));
    }

    @Test
    void leavesTheModelAsItIs() {
        LastValue model = new LastValue(1);
        QuantileCalibrator calibrator = taught(model, Walks.autoregression(1, 1, 500));
        double before = model.next();
        double[][] drawn = SimulatedPaths.draw(model, calibrator, 5, 50, 1).values();
        assertEquals(before, model.next(), 0);
        assertEquals(50, drawn[4].length);
        SimulatedPaths paths = SimulatedPaths.draw(model, calibrator, 5, 50, 1);
        paths.values()[0][0] = 1e9;
        assertArrayEquals(drawn[0], paths.values()[0]);
    }

    /** Noise exceeds its 97.5 % quantile in a step with 2.5 %, and within ten steps with 1 - 0.975^10. */
    @Test
    void tellsHowLikelyACapacityIsExceededWithinATime() {
        double once = 0;
        double within = 0;
        for (long seed = 1; seed <= 10; seed++) {
            LastValue model = new LastValue(0);
            QuantileCalibrator calibrator = taught(model, Walks.autoregression(seed, 0, 3000));
            SimulatedPaths paths = SimulatedPaths.draw(model, calibrator, 2000, 10, seed);
            once += paths.exceedProbability(1.96, 1) / 10;
            within += paths.exceedProbability(1.96, 10) / 10;
        }
        assertEquals(0.025, once, 0.01);
        assertEquals(1 - Math.pow(0.975, 10), within, 0.07);
    }

    @Test
    void spreadsAWalkByTheRootOfTheSteps() {
        LastValue model = new LastValue(1);
        double[] series = Walks.autoregression(11, 1, 4000);
        QuantileCalibrator calibrator = taught(model, series);
        double[][] paths = SimulatedPaths.draw(model, calibrator, 4000, 25, 3).values();
        assertEquals(5, deviation(paths, 24) / deviation(paths, 0), 0.5);
    }

    private static double deviation(double[][] paths, int step) {
        double mean =
                Arrays.stream(paths).mapToDouble(path -> path[step]).average().orElseThrow();
        return Math.sqrt(Arrays.stream(paths)
                .mapToDouble(path -> (path[step] - mean) * (path[step] - mean))
                .average()
                .orElseThrow());
    }

    @Test
    void staysWithinTheRangeOfHistoryWidened() {
        LastValue model = new LastValue(1);
        QuantileCalibrator calibrator = taught(model, 0, 10, 0, 10, 0, 10, 0, 10);
        for (double[] path : SimulatedPaths.draw(model, calibrator, 100, 200, 1).values()) {
            for (double value : path) {
                assertTrue(value >= -10 && value <= 20, "value " + value);
            }
        }
    }

    @Test
    void namesWhatIsWrong() {
        LastValue model = new LastValue(1);
        QuantileCalibrator calibrator = taught(model, 1, 2, 3);
        assertThrows(IllegalArgumentException.class, () -> SimulatedPaths.draw(model, calibrator, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> SimulatedPaths.draw(model, calibrator, 1, 0, 1));
        QuantileCalibrator single = QuantileCalibrator.builder().levels(0.5).build();
        assertThrows(IllegalArgumentException.class, () -> SimulatedPaths.draw(model, single, 1, 1, 1));
        SimulatedPaths paths = SimulatedPaths.draw(model, calibrator, 1, 3, 1);
        assertThrows(IllegalArgumentException.class, () -> paths.exceedProbability(1, 4));
    }
}
