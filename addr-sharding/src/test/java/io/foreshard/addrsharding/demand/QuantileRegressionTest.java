package io.foreshard.addrsharding.demand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantileRegressionTest {

    @Test
    void findsTheQuantileThatGrowsWithAFeature() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        QuantileRegression regression = new QuantileRegression(new double[] {0.5, 0.9}, 2, 4000, 1e9);
        for (int i = 0; i < 4000; i++) {
            double scale = 1 + random.nextInt(10);
            regression.add(new double[] {scale, random.nextInt(10)}, scale * random.nextDouble());
        }
        regression.fit(2000, 0.02);
        assertEquals(2.5, regression.predict(0, new double[] {5, 0}), 0.4, "seed " + seed);
        assertEquals(4.5, regression.predict(1, new double[] {5, 0}), 0.4, "seed " + seed);
        assertEquals(0, regression.predict(1, new double[] {0, 1}), 0.1, "seed " + seed);
    }

    @Test
    void weightsAreNeverNegative() {
        QuantileRegression regression = new QuantileRegression(new double[] {0.5}, 1, 100, 1e9);
        for (int i = 0; i < 100; i++) {
            regression.add(new double[] {i}, 0);
        }
        regression.fit(500, 0.02);
        assertTrue(regression.predict(0, new double[] {1}) >= 0);
        assertEquals(0, regression.predict(0, new double[] {1}), 0.02);
    }

    @Test
    void countsTheExamplesAboveZeroAmongThoseItStillHas() {
        QuantileRegression regression = new QuantileRegression(new double[] {0.5}, 1, 10, 1e9);
        for (int i = 0; i < 25; i++) {
            regression.add(new double[] {1}, i % 5);
        }
        assertEquals(8, regression.above());
        for (int i = 0; i < 10; i++) {
            regression.add(new double[] {1}, 0);
        }
        assertEquals(0, regression.above());
    }

    @Test
    void oldExamplesCountLess() {
        QuantileRegression regression = new QuantileRegression(new double[] {0.5}, 1, 1000, 10);
        for (int i = 0; i < 1000; i++) {
            regression.add(new double[] {1}, i < 900 ? 50 : 2);
        }
        regression.fit(3000, 0.05);
        assertEquals(2, regression.predict(0, new double[] {1}), 0.5);
    }
}
