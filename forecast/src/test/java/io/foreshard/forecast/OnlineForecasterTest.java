package io.foreshard.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.foreshard.coreapi.Forecast;
import io.foreshard.forecast.interval.LatestForecast;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class OnlineForecasterTest {

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

    private static OnlineForecaster forecaster(int... periods) {
        return OnlineForecaster.builder().periods(periods).build();
    }

    private static OnlineForecaster fed(OnlineForecaster forecaster, double... samples) {
        for (double sample : samples) {
            forecaster.update(sample);
        }
        return forecaster;
    }

    private static double[] series(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] series = new double[length];
        double value = 0;
        for (int step = 0; step < length; step++) {
            value = 0.8 * value + random.nextGaussian();
            series[step] = 100 + value + 10 * Math.sin(step * 2 * Math.PI / 24);
        }
        return series;
    }

    @Test
    void saysNothingBeforeTheFirstSample() {
        Forecast forecast = fed(forecaster(24), Double.NaN, Double.NaN).forecast(3);
        assertEquals(0, forecast.mean(3), 0);
        assertEquals(0, forecast.quantile(0.975, 3), 0);
        assertTrue(Double.isNaN(forecast.skill()));
    }

    @Test
    void repeatsTheOnlySampleButClaimsNoCertainty() {
        Forecast forecast = fed(forecaster(), 7).forecast(30);
        assertEquals(7, forecast.mean(30), 1e-12);
        assertEquals(7 - 1.96 * 7, forecast.quantile(0.025, 30), 0.01);
    }

    @Test
    void staysOnAConstantSeriesWithoutWidth() {
        OnlineForecaster forecaster = forecaster(7);
        for (int step = 0; step < 1000; step++) {
            forecaster.update(0.1);
        }
        Forecast forecast = forecaster.forecast(100);
        assertEquals(0.1, forecast.mean(100), 1e-15);
        assertEquals(0.1, forecast.quantile(0.025, 100), 1e-15);
        assertEquals(0.1, forecast.quantile(0.975, 100), 1e-15);
        assertEquals(1, forecast.skill(), 0);
        assertEquals(1, forecaster.coverage().overall(), 0);
    }

    @Test
    void doesNotClaimToBeCertainOfAStepThatNeverHasASample() {
        SeededRandom random = new SeededRandom(5);
        OnlineForecaster forecaster = forecaster();
        for (int step = 0; step < 1000; step++) {
            forecaster.update(step % 2 == 0 ? Double.NaN : 100 + random.nextGaussian());
        }
        Forecast forecast = forecaster.forecast(2);
        for (int step = 1; step <= 2; step++) {
            double width = forecast.quantile(0.975, step) - forecast.quantile(0.025, step);
            assertTrue(width > 2.5 && width < 8, "width " + width + " at step " + step);
        }
        assertTrue(forecaster.simulate(200, 1, 1).exceedProbability(forecast.mean(1) + 0.1, 1) > 0.3);
    }

    @Test
    void refusesHorizonsBeyondReason() {
        OnlineForecaster forecaster = forecaster();
        for (int horizon : new int[] {0, OnlineForecaster.MAX_HORIZON_STEPS + 1, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> forecaster.forecast(horizon));
            assertThrows(IllegalArgumentException.class, () -> forecaster.publisher(horizon));
        }
    }

    @Test
    void beatsTheNaiveForecastWhereThereIsSomethingToLearn() {
        assertTrue(fed(forecaster(), series(1, 3000)).forecast(1).skill() < 0.95);
    }

    @Test
    void gainsByTheSeasonFarAhead() {
        double with = 0;
        double without = 0;
        double[] series = series(2, 4000);
        OnlineForecaster one = forecaster(24);
        OnlineForecaster other = forecaster();
        for (int step = 0; step < 3980; step++) {
            one.update(series[step]);
            other.update(series[step]);
            if (step >= 1000 && step % 7 == 0) {
                with += Math.abs(series[step + 12] - one.forecast(12).mean(12));
                without += Math.abs(series[step + 12] - other.forecast(12).mean(12));
            }
        }
        assertTrue(with < 0.9 * without, with + " with the season, " + without + " without");
    }

    @Test
    void keepsItsCoverageThroughGaps() {
        double[] series = series(3, 6000);
        for (int step = 100; step < 6000; step += 50) {
            series[step] = Double.NaN;
            series[step + 1] = Double.POSITIVE_INFINITY;
        }
        OnlineForecaster forecaster = fed(forecaster(24), series);
        assertEquals(0.95, forecaster.coverage().overall(), 0.01);
        assertFalse(forecaster.coverage().alarm(0.1));
    }

    @Test
    void neverExplodesWhateverTheSamplesAre() {
        Property.named("the online forecaster stays within twice the range of history")
                .runs(300)
                .maxSize(300)
                .check(OnlineForecasterTest::neverExplodes);
    }

    private static void neverExplodes(SeededRandom random, int size) {
        boolean nonNegative = random.nextInt(4) == 0;
        OnlineForecaster.Builder builder = OnlineForecaster.builder().nonNegative(nonNegative);
        OnlineForecaster forecaster =
                random.nextBoolean() ? builder.periods(2 + random.nextInt(20)).build() : builder.build();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < size; step++) {
            double sample = anySample(random);
            forecaster.update(sample);
            if (Double.isFinite(sample)) {
                double counted = Math.max(-1e300, Math.min(1e300, sample));
                low = Math.min(low, counted);
                high = Math.max(high, counted);
            }
        }
        if (low <= high) {
            double width = low < high ? high - low : 2 * Math.abs(high);
            double floor = nonNegative ? 0 : low - width;
            checkWithin(forecaster.forecast(1 + random.nextInt(40)), floor, Math.max(floor, high + width));
        }
    }

    private static double anySample(SeededRandom random) {
        if (random.nextInt(3) == 0) {
            return ODD[random.nextInt(ODD.length)];
        }
        double magnitude = Math.pow(10, random.nextDouble(-300, 300));
        return random.nextBoolean() ? magnitude : -magnitude;
    }

    /** The bounds leave room for rounding, as the range is kept by repeated small moves. */
    private static void checkWithin(Forecast forecast, double low, double high) {
        double room = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
        for (int step = 1; step <= forecast.horizonSteps(); step++) {
            double mean = forecast.mean(step);
            assertTrue(mean >= low - room && mean <= high + room, "mean " + mean);
            double last = Double.NEGATIVE_INFINITY;
            for (double level : forecast.levels()) {
                double quantile = forecast.quantile(level, step);
                assertTrue(quantile >= low - room && quantile <= high + room, "quantile " + quantile);
                assertTrue(quantile >= last, "quantiles cross at level " + level);
                last = quantile;
            }
        }
        assertFalse(Double.isInfinite(forecast.skill()));
    }

    @Test
    void followsTheSamplesThroughFactorsAndShifts() {
        followsThrough(value -> 1e-9 * value, 1e-9, 1e-6);
        followsThrough(value -> 1e12 * value, 1e12, 1e-6);
        followsThrough(value -> 1e-250 * value, 1e-250, 1e-6);
        followsThrough(value -> value + 1e6, 1, 1e-5);
    }

    private static void followsThrough(DoubleUnaryOperator change, double factor, double tolerance) {
        double[] series = series(4, 1500);
        OnlineForecaster plain = forecaster(24);
        OnlineForecaster changed = forecaster(24);
        for (double sample : series) {
            plain.update(sample);
            changed.update(change.applyAsDouble(sample));
        }
        Forecast one = plain.forecast(30);
        Forecast other = changed.forecast(30);
        for (int step = 1; step <= 30; step++) {
            for (double level : one.levels()) {
                double expected = change.applyAsDouble(one.quantile(level, step));
                assertEquals(expected, other.quantile(level, step), tolerance * 100 * factor, "step " + step);
            }
        }
    }

    private static byte[] saved(OnlineForecaster forecaster) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        forecaster.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static OnlineForecaster loaded(byte... bytes) throws IOException {
        return OnlineForecaster.load(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void goesOnBitForBitFromWhatItSaved() throws IOException {
        double[] series = series(5, 2000);
        series[700] = Double.NaN;
        for (int cut : new int[] {0, 1, 10, 700, 701, 1000}) {
            OnlineForecaster kept = OnlineForecaster.builder()
                    .periods(24, 168)
                    .nonNegative(true)
                    .levels(0.1, 0.5, 0.9)
                    .build();
            for (int step = 0; step < cut; step++) {
                kept.update(series[step]);
            }
            OnlineForecaster loaded = loaded(saved(kept));
            for (int step = cut; step < 2000; step++) {
                kept.update(series[step]);
                loaded.update(series[step]);
            }
            assertArrayEquals(saved(kept), saved(loaded), "saved after " + cut);
            assertEquals(
                    kept.forecast(50).quantile(0.9, 50), loaded.forecast(50).quantile(0.9, 50), 0);
            assertEquals(kept.forecast(1).skill(), loaded.forecast(1).skill(), 0);
        }
    }

    @Test
    void refusesWhatItDidNotSave() throws IOException {
        byte[] bytes = saved(fed(forecaster(24), series(6, 100)));
        bytes[0] = 9;
        assertThrows(IOException.class, () -> loaded(bytes));
        assertThrows(IOException.class, () -> loaded((byte) 1, (byte) 0, (byte) 1, (byte) 9, (byte) 9, (byte) 9));
    }

    @Test
    void neverForecastsBelowZeroWhereThatCannotBe() {
        OnlineForecaster forecaster =
                OnlineForecaster.builder().nonNegative(true).build();
        SplittableRandom random = new SplittableRandom(1);
        for (int step = 0; step < 2000; step++) {
            forecaster.update(Math.max(0, random.nextGaussian() - 1));
            Forecast forecast = forecaster.forecast(24);
            assertTrue(forecast.mean(24) >= 0 && forecast.quantile(0.025, 1) >= 0);
        }
    }

    @Test
    void publishesWhatItForecasts() {
        OnlineForecaster forecaster = fed(forecaster(24), series(7, 500));
        ForecastPublisher publisher = forecaster.publisher(12);
        LatestForecast.Copy copy = publisher.latest().newCopy();
        assertFalse(publisher.latest().read(copy));
        publisher.publish(500);
        assertTrue(publisher.latest().read(copy));
        Forecast forecast = forecaster.forecast(12);
        assertEquals(500, copy.stamp());
        assertEquals(forecast.skill(), copy.skill(), 0);
        assertEquals(forecast.mean(12), copy.mean(12), 0);
        assertEquals(forecast.quantile(0.975, 7), copy.quantile(8, 7), 0);
    }

    @Test
    void drawsFuturesAroundItsForecast() {
        OnlineForecaster forecaster = fed(forecaster(24), series(8, 3000));
        Forecast forecast = forecaster.forecast(12);
        double below = 1 - forecaster.simulate(2000, 1, 1).exceedProbability(forecast.quantile(0.5, 1), 1);
        assertEquals(0.5, below, 0.04);
        assertTrue(forecaster.simulate(200, 12, 1).exceedProbability(forecast.quantile(0.025, 12), 12) > 0.9);
    }

    @Test
    void namesWhatIsWrongWithASetting() {
        OnlineForecaster.Builder builder = OnlineForecaster.builder();
        assertEquals(
                "periods: 1 (expected: 2…65535)",
                assertThrows(IllegalArgumentException.class, () -> builder.periods(1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> builder.periods(2, 3, 4, 5, 6, 7, 8, 9, 10));
        assertThrows(IllegalArgumentException.class, () -> builder.build().forecast(0));
        assertThrows(IllegalArgumentException.class, () -> builder.build().publisher(0));
    }

    @Test
    void allocatesNothingPerUpdateAndPublication() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        OnlineForecaster forecaster = forecaster(24, 168);
        ForecastPublisher publisher = forecaster.publisher(24);
        double[] series = series(9, 1000);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int step = 0; step < 20_000; step++) {
                forecaster.update(step % 100 == 0 ? Double.NaN : series[step % 1000]);
                if (step % 10 == 0) {
                    publisher.publish(step);
                }
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        // The reading itself may allocate a little; one byte per update would be 20 000.
        assertTrue(least < 1024, "allocated " + least + " bytes in 20 000 updates");
    }
}
