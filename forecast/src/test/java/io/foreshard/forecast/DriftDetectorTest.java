package io.foreshard.forecast;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.SeededRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftDetectorTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isSilentOnSteadyErrorsAndTellsWhenTheyDouble(long seed) {
        SeededRandom random = new SeededRandom(seed);
        DriftDetector detector = new DriftDetector();
        for (int step = 0; step < 3000; step++) {
            assertFalse(detector.learn(random.nextGaussian()), "alarm at " + step);
        }
        int steps = 0;
        while (!detector.learn(2 * random.nextGaussian()) && steps < 200) {
            steps++;
        }
        assertTrue(steps > 5 && steps < 100, "alarm after " + steps);
    }
}
