package io.foreshard.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.foreshard.coreapi.Forecast;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DampedTrendPropertyTest {

    private static final double[] ODD = {
        0,
        -0.0,
        Double.MIN_VALUE,
        1e-300,
        -1e-300,
        1e300,
        -1e300,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        1,
        -1,
        1e9
    };

    @Test
    void neverExplodesWhateverTheSamplesAre() {
        for (long seed = 1; seed <= 400; seed++) {
            neverExplodes(new SplittableRandom(seed), "seed " + seed);
        }
    }

    private static void neverExplodes(SplittableRandom random, String seed) {
        DampedTrendForecaster forecaster = anyForecaster(random);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int count = 1 + random.nextInt(200);
        for (int step = 0; step < count; step++) {
            double sample = anySample(random);
            forecaster.update(sample);
            if (Double.isFinite(sample)) {
                low = Math.min(low, clip(sample));
                high = Math.max(high, clip(sample));
            }
        }
        if (low <= high) {
            checkWithin(forecaster.forecast(1 + random.nextInt(40)), 2 * low - high, 2 * high - low, seed);
        }
    }

    private static DampedTrendForecaster anyForecaster(SplittableRandom random) {
        return DampedTrendForecaster.builder()
                .alpha(1 - random.nextDouble())
                .beta(1 - random.nextDouble())
                .phi(random.nextBoolean() ? 1 : 1 - random.nextDouble())
                .build();
    }

    private static double anySample(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            return ODD[random.nextInt(ODD.length)];
        }
        double magnitude = Math.pow(10, random.nextDouble(-300, 300));
        return random.nextBoolean() ? magnitude : -magnitude;
    }

    private static double clip(double sample) {
        return Math.max(-DampedTrendForecaster.MAX_MAGNITUDE, Math.min(DampedTrendForecaster.MAX_MAGNITUDE, sample));
    }

    /** The bounds leave room for rounding, as the range is kept by repeated small moves. */
    private static void checkWithin(Forecast forecast, double low, double high, String seed) {
        double room = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
        double[] levels = forecast.levels();
        for (int step = 1; step <= forecast.horizonSteps(); step++) {
            double mean = forecast.mean(step);
            assertTrue(mean >= low - room && mean <= high + room, seed + ": mean " + mean);
            double last = Double.NEGATIVE_INFINITY;
            for (double level : levels) {
                double quantile = forecast.quantile(level, step);
                assertTrue(quantile >= low - room && quantile <= high + room, seed + ": quantile " + quantile);
                assertTrue(quantile >= last, seed + ": quantiles cross at level " + level);
                last = quantile;
            }
        }
        assertTrue(!Double.isInfinite(forecast.skill()), seed + ": skill " + forecast.skill());
    }

    @Test
    void coversTheNextSampleOfNoiseAsOftenAsTheBandSays() {
        assertEquals(0.8, coverageOfTheBand(1), 0.015);
    }

    /** On noise the level does not wander, so a band that widens as if it did errs on the safe side. */
    @Test
    void coversFartherSamplesOfNoiseAtLeastAsOftenAsTheBandSays() {
        double coverage = coverageOfTheBand(4);
        assertTrue(coverage > 0.79 && coverage < 0.93, "coverage of the 10–90 % band " + coverage);
    }

    private static double coverageOfTheBand(int horizon) {
        int inside = 0;
        for (long seed = 1; seed <= 20; seed++) {
            inside += hitsOfTheBand(seed, horizon);
        }
        return inside / 20_000.0;
    }

    /** Scores 1000 forecasts after 100 samples of warm-up. */
    private static int hitsOfTheBand(long seed, int horizon) {
        Noise noise = Noise.seeded(seed);
        double[] series = new double[1100 + horizon];
        for (int step = 0; step < series.length; step++) {
            series[step] = noise.at(step);
        }
        DampedTrendForecaster forecaster = DampedTrendForecaster.builder().build();
        int hits = 0;
        for (int step = 0; step < 1100; step++) {
            forecaster.update(series[step]);
            double outcome = series[step + horizon];
            Forecast forecast = forecaster.forecast(horizon);
            boolean inside = outcome >= forecast.quantile(0.1, horizon) && outcome <= forecast.quantile(0.9, horizon);
            hits += step >= 100 && inside ? 1 : 0;
        }
        return hits;
    }

    @Test
    void keepsItsCoverageWhenTheNoiseGrowsFivefoldAndIsSkewed() {
        Noise noise = Noise.seeded(99);
        DampedTrendForecaster forecaster = DampedTrendForecaster.builder().build();
        int below = 0;
        int above = 0;
        for (int step = 0; step < 4000; step++) {
            double sample = (step < 2000 ? 1 : 5) * Math.exp(noise.gaussian());
            Forecast forecast = forecaster.forecast(1);
            below += step >= 500 && sample < forecast.quantile(0.1, 1) ? 1 : 0;
            above += step >= 500 && sample > forecast.quantile(0.9, 1) ? 1 : 0;
            forecaster.update(sample);
        }
        assertEquals(0.1, below / 3500.0, 0.025);
        assertEquals(0.1, above / 3500.0, 0.025);
    }

    @Test
    void beatsTheNaiveForecastOnNoiseAndSaysSo() {
        DampedTrendForecaster forecaster = DampedTrendForecaster.builder().build();
        Noise noise = Noise.seeded(5);
        for (int step = 0; step < 1000; step++) {
            forecaster.update(noise.at(step));
        }
        double skill = forecaster.forecast(1).skill();
        assertTrue(skill > 0.6 && skill < 0.95, "skill " + skill);
    }

    @Test
    void allocatesNothingPerUpdate() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        DampedTrendForecaster forecaster = DampedTrendForecaster.builder().build();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int step = 0; step < 50_000; step++) {
                forecaster.update(step % 10 == 0 ? Double.NaN : step * 0.5);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        // The reading itself may allocate a little; one byte per update would be 50 000.
        assertTrue(least < 1024, "allocated " + least + " bytes in 50 000 updates");
    }
}
