package io.foreshard.stackvirt.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.stackvirt.traffic.TrafficKey.VolumeClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KeyFeedsTest {

    private static final int PERIOD = 7;

    /** Says what came a period before. */
    private static final class LastPeriod implements Forecaster {
        private final List<Double> samples = new ArrayList<>();

        @Override
        public void update(double sample) {
            samples.add(sample);
        }

        @Override
        public Forecast forecast(int horizonSteps) {
            double[] values = new double[horizonSteps];
            for (int i = 0; i < horizonSteps; i++) {
                int at = samples.size() + i % PERIOD - PERIOD;
                values[i] = at < 0 ? 0 : samples.get(at);
            }
            return Foretellers.of(values);
        }
    }

    private static TrafficTable table(int mostFed, Supplier<Forecaster> each) {
        return new TrafficTable(32, mostFed, () -> new ForecastFeed(each.get(), Runnable::run, EngineObserver.NOOP));
    }

    private static TrafficKey key(int number) {
        return new TrafficKey("dns", number, 0, VolumeClass.SMALL);
    }

    /** Thirty messages every seventh second, else two or so. */
    private static List<KeyReport> run(TrafficTable table, long seed) {
        Random random = new Random(seed);
        for (int second = 0; second < 1500; second++) {
            int count = second % PERIOD == 3 ? 30 : random.nextInt(4);
            for (int i = 0; i < count; i++) {
                table.arrived(key(1), second * 1000L);
            }
            table.tick(second * 1000L + 1000);
        }
        return table.heaviest(1, 1_500_000);
    }

    @Test
    void aForecasterThatKnowsBetterIsPreferredAndItsQuantilesHold() {
        KeyOutlook outlook = run(table(1, LastPeriod::new), 31).get(0).outlook();
        assertTrue(outlook.foretold(), outlook::toString);
        // The next second is number 1500, the third of its period: a quiet one.
        assertTrue(outlook.next().get(2).value() < 10, outlook::toString);
        for (ExpectedQuantile quantile : outlook.next()) {
            assertTrue(quantile.coverage() >= quantile.level() - 0.05, outlook::toString);
        }
    }

    @Test
    void aForecasterThatLiesOrBreaksIsNotPreferred() {
        KeyOutlook lied = run(table(1, () -> Foretellers.saying(step -> 1000.0 * (step % 3))), 32)
                .get(0)
                .outlook();
        assertFalse(lied.foretold(), lied::toString);
        KeyOutlook broke = run(table(1, Foretellers::broken), 33).get(0).outlook();
        assertFalse(broke.foretold(), broke::toString);
        assertEquals(run(new TrafficTable(32), 33).get(0).outlook(), broke);
    }

    @Test
    void onlyTheHeaviestKeysHaveForecasters() {
        long seed = 34;
        Random random = new Random(seed);
        List<Forecaster> made = new ArrayList<>();
        TrafficTable table = table(2, () -> {
            made.add(new LastPeriod());
            return made.get(made.size() - 1);
        });
        for (int second = 0; second < 600; second++) {
            for (int number = 0; number < 4; number++) {
                for (int i = 0; i < 1 + 3 * number; i++) {
                    table.arrived(key(number), second * 1000L);
                }
            }
            table.arrived(key(100 + random.nextInt(10_000)), second * 1000L);
            table.tick(second * 1000L + 1000);
        }
        assertEquals(2, made.size(), "seed " + seed);
    }
}
