package io.foreshard.addrsharding.prefetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceLevelTest {

    @Test
    void beginsBetweenBothQuantilesAndCorrectsNothing() {
        ServiceLevel level = new ServiceLevel(0.99, 0.02, 288);
        assertEquals(1, level.factor());
        assertEquals(0.5, level.height());
        assertEquals(1, level.factorBeyond());
    }

    @Test
    void movesBetweenTheQuantilesBeforeItMultiplies() {
        ServiceLevel level = new ServiceLevel(0.99, 0.02, 288);
        for (int i = 0; i < 5; i++) {
            level.step(100, 100);
            assertEquals(1, level.factorBeyond(), 1e-9);
        }
        assertTrue(level.height() > 0.7, "height " + level.height());
        for (int i = 0; i < 20; i++) {
            level.step(100, 100);
        }
        assertEquals(1, level.height());
        assertTrue(level.factorBeyond() > 1.2, "factor " + level.factorBeyond());
    }

    @Test
    void theHitRateIsReachedWhateverTheQuantilesAreWorth() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ServiceLevel level = new ServiceLevel(0.95, 0.02, 288);
        double wrong = 0.4 + 1.6 * random.nextDouble();
        double asked = 0;
        double missed = 0;
        for (int step = 0; step < 60_000; step++) {
            double demand = 10 * random.nextDouble();
            double stock = wrong * (7 + 2 * level.height()) * level.factorBeyond();
            double without = Math.max(0, demand - stock);
            level.step(demand, without);
            asked += step > 10_000 ? demand : 0;
            missed += step > 10_000 ? without : 0;
        }
        assertEquals(0.05, missed / asked, 0.005, "quantiles times " + wrong + ", seed " + seed);
    }
}
