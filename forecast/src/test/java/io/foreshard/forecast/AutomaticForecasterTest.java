package io.foreshard.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.forecast.automatic.GeneratedSeries;
import io.foreshard.simulator.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutomaticForecasterTest {

    @Test
    void knowsNothingBeforeTheFirstSample() {
        Forecast forecast = builder().build().forecast(3);
        assertEquals(0, forecast.mean(3));
        assertTrue(Double.isNaN(forecast.skill()));
    }

    @Test
    void learnsARhythmAndSaysSo() {
        AutomaticForecaster forecaster = fed(builder(), GeneratedSeries.daily(new SeededRandom(1), 600, 12));
        assertTrue(
                forecaster.forecast(12).skill() < 0.5,
                "skill " + forecaster.forecast(12).skill());
        assertTrue(forecaster.chosen().isPresent());
        double high = Arrays.stream(means(forecaster, 12)).max().orElseThrow();
        double low = Arrays.stream(means(forecaster, 12)).min().orElseThrow();
        assertTrue(high - low > 30, "the rhythm is 40 high, forecast: " + (high - low));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void coversWhatItSays(long seed) {
        double[] samples = GeneratedSeries.any(new SeededRandom(seed), 2000);
        AutomaticForecaster forecaster = fed(builder(), samples);
        assertEquals(0.95, forecaster.coverage().overall(), 0.015);
        assertTrue(
                forecaster.coverage().worstWindow() > 0.88,
                "worst: " + forecaster.coverage().worstWindow());
    }

    @Test
    void takesOverARefitThatComesLateAndMovesItThroughWhatItMissed() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        double[] samples = GeneratedSeries.daily(new SeededRandom(4), 300, 12);
        AutomaticForecaster late = builder().executor(tasks::add).build();
        AutomaticForecaster prompt = builder().executor(Runnable::run).build();
        for (int step = 0; step < 40; step++) {
            late.update(samples[step]);
        }
        assertEquals(1, tasks.size());
        assertTrue(late.chosen().isEmpty());
        tasks.remove().run();
        late.update(samples[40]);
        assertTrue(late.chosen().isPresent());
        for (int step = 0; step <= 40; step++) {
            prompt.update(samples[step]);
        }
        assertArrayEquals(means(prompt, 12), means(late, 12));
    }

    @Test
    void forecastsWithARefitAsSoonAsItIsThereAndKeepsItOverASave() throws IOException {
        double[] samples = GeneratedSeries.daily(new SeededRandom(4), 300, 12);
        AutomaticForecaster forecaster = fed(builder(), Arrays.copyOf(samples, RefitSchedule.FIRST_STEPS));
        assertTrue(forecaster.chosen().isPresent());
        AutomaticForecaster loaded = reloaded(forecaster, builder());
        for (int step = RefitSchedule.FIRST_STEPS; step < RefitSchedule.FIRST_STEPS + 4; step++) {
            forecaster.update(samples[step]);
            loaded.update(samples[step]);
        }
        assertArrayEquals(means(forecaster, 12), means(loaded, 12));
    }

    @Test
    void forecastsAtOnceWithWhatItWasToldToChoose() {
        AutomaticForecaster forecaster = fed(
                builder().maxSamples(256),
                GeneratedSeries.daily(new SeededRandom(4), RefitSchedule.FIRST_STEPS - 1, 12));
        assertTrue(forecaster.chosen().isEmpty());
        forecaster.refit();
        assertTrue(forecaster.chosen().isPresent());
    }

    @Test
    void leavesARefitAsideThatMissedMoreThanIsKept() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        double[] samples = GeneratedSeries.daily(new SeededRandom(4), 300, 12);
        AutomaticForecaster forecaster =
                fed(builder().maxSamples(64).executor(tasks::add), Arrays.copyOf(samples, RefitSchedule.FIRST_STEPS));
        for (int step = RefitSchedule.FIRST_STEPS; step < RefitSchedule.FIRST_STEPS + 70; step++) {
            forecaster.update(samples[step]);
        }
        tasks.remove().run();
        forecaster.update(samples[200]);
        assertEquals(1, forecaster.failedRefits());
        assertTrue(forecaster.chosen().isEmpty());
    }

    @Test
    void updatesWithoutGarbageWhileForecastsOfAnotherLengthAreAsked() {
        AutomaticForecaster forecaster = fed(
                builder().executor(task -> {}).maxSamples(256), GeneratedSeries.daily(new SeededRandom(4), 600, 12));
        for (int warm = 0; warm < 2000; warm++) {
            forecaster.forecast(5);
            forecaster.update(warm % 12);
        }
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long inUpdates = 0;
        for (int step = 0; step < 500; step++) {
            forecaster.forecast(5);
            long before = threads.getCurrentThreadAllocatedBytes();
            forecaster.update(step % 12);
            inUpdates += threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(inUpdates < 500, inUpdates + " bytes in 500 updates");
    }

    @Test
    void goesOnWhereTheExecutorRejects() {
        AutomaticForecaster forecaster = fed(
                builder().executor(task -> {
                    throw new RejectedExecutionException("full");
                }),
                GeneratedSeries.daily(new SeededRandom(4), 300, 12));
        assertTrue(forecaster.failedRefits() > 1, forecaster.failedRefits() + " failed");
        assertTrue(forecaster.chosen().isEmpty());
        assertTrue(forecaster.forecast(12).skill() < 1);
    }

    @Test
    void choosesAnewSoonAfterTheSeriesBecomesAnother() {
        SeededRandom random = new SeededRandom(11);
        Queue<Runnable> tasks = new ArrayDeque<>();
        AutomaticForecaster forecaster = builder().executor(tasks::add).build();
        int refitsBefore = 0;
        int at = -1;
        for (int step = 0; step < 2400 && at < 0; step++) {
            forecaster.update(step < 2000 ? random.nextGaussian() : 50 * random.nextGaussian());
            if (step < 2000) {
                refitsBefore += tasks.size();
            } else if (!tasks.isEmpty()) {
                at = step;
            }
            tasks.forEach(Runnable::run);
            tasks.clear();
        }
        assertTrue(at > 0 && at < 2020, "refit at " + at + " after " + refitsBefore + " before the change");
    }

    @Test
    void goesOnBitForBitFromItsSavedState() throws IOException {
        double[] samples = GeneratedSeries.daily(new SeededRandom(6), 500, 12);
        samples[200] = Double.NaN;
        AutomaticForecaster whole = fed(builder(), Arrays.copyOf(samples, 260));
        AutomaticForecaster loaded = reloaded(whole, builder());
        for (int step = 260; step < samples.length; step++) {
            whole.update(samples[step]);
            loaded.update(samples[step]);
        }
        assertArrayEquals(means(whole, 24), means(loaded, 24));
        assertEquals(whole.forecast(5).quantile(0.975, 5), loaded.forecast(5).quantile(0.975, 5));
        assertEquals(whole.forecast(5).skill(), loaded.forecast(5).skill());
    }

    @Test
    void refusesAStateWithOtherLevels() {
        AutomaticForecaster forecaster = fed(builder().levels(0.1, 0.9), new double[] {1, 2, 3});
        assertThrows(IOException.class, () -> reloaded(forecaster, builder().levels(0.2, 0.8)));
    }

    private static AutomaticForecaster reloaded(AutomaticForecaster forecaster, AutomaticForecaster.Builder builder)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        forecaster.save(new DataOutputStream(bytes));
        return builder.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void refusesAStateOfAnotherKind() {
        byte[] other = {9, 0, 0, 0};
        assertThrows(IOException.class, () -> builder().load(new DataInputStream(new ByteArrayInputStream(other))));
    }

    static Stream<double[]> hostile() {
        SeededRandom random = new SeededRandom(99);
        return Stream.of(
                new double[] {5},
                DoubleStream.generate(() -> Double.NaN).limit(200).toArray(),
                DoubleStream.generate(() -> 3).limit(200).toArray(),
                DoubleStream.generate(() -> 0).limit(200).toArray(),
                DoubleStream.generate(() -> 1e-300 * random.nextDouble())
                        .limit(200)
                        .toArray(),
                DoubleStream.generate(() -> 1e300 * random.nextGaussian())
                        .limit(200)
                        .toArray(),
                DoubleStream.generate(() -> Math.pow(10, 600 * random.nextDouble() - 300))
                        .limit(300)
                        .toArray(),
                DoubleStream.generate(() -> -random.nextInt(3)).limit(200).toArray(),
                DoubleStream.generate(() -> random.nextInt(40) == 0 ? 1 : 0)
                        .limit(300)
                        .toArray(),
                DoubleStream.iterate(1, value -> value * 1.5).limit(200).toArray(),
                DoubleStream.generate(() -> random.chance(0.5) ? Double.NaN : random.nextGaussian())
                        .limit(300)
                        .toArray(),
                DoubleStream.generate(() -> random.chance(0.1) ? Double.NEGATIVE_INFINITY : 7)
                        .limit(100)
                        .toArray());
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void answersAnythingWithOrderedFiniteQuantiles(double[] samples) {
        AutomaticForecaster forecaster = builder().build();
        for (double sample : samples) {
            forecaster.update(sample);
        }
        Forecast forecast = forecaster.forecast(100);
        for (int step = 1; step <= 100; step++) {
            double last = Double.NEGATIVE_INFINITY;
            assertTrue(Double.isFinite(forecast.mean(step)), "mean " + forecast.mean(step));
            for (double level : forecast.levels()) {
                double quantile = forecast.quantile(level, step);
                assertTrue(Double.isFinite(quantile) && quantile >= last, level + " at " + step + ": " + quantile);
                last = quantile;
            }
        }
    }

    @Test
    void staysAtZeroOrAboveWhereAsked() {
        SeededRandom random = new SeededRandom(2);
        AutomaticForecaster forecaster = builder().nonNegative(true).build();
        for (int step = 0; step < 400; step++) {
            forecaster.update(random.nextInt(5) == 0 ? 4 * random.nextDouble() : 0);
        }
        Forecast forecast = forecaster.forecast(40);
        for (int step = 1; step <= 40; step++) {
            assertTrue(forecast.quantile(0.025, step) >= 0 && forecast.mean(step) >= 0);
        }
    }

    @Test
    void simulatesPathsThatCrossACapacityAsOftenAsTheSeriesDoes() {
        AutomaticForecaster forecaster = fed(builder(), GeneratedSeries.daily(new SeededRandom(8), 600, 12));
        assertEquals(1, forecaster.simulate(200, 12, 1).exceedProbability(90, 12), 0.01);
        assertEquals(0, forecaster.simulate(200, 12, 1).exceedProbability(200, 12), 0.01);
    }

    @Test
    void refusesHorizonsBeyondReason() {
        AutomaticForecaster forecaster = builder().build();
        assertThrows(IllegalArgumentException.class, () -> forecaster.forecast(0));
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> forecaster.forecast(Integer.MAX_VALUE));
        assertEquals("horizonSteps: 2147483647 (expected: 1…65536)", error.getMessage());
    }

    @Test
    void isMadeByNameWithItsSettings() {
        AutomaticProvider provider = new AutomaticProvider();
        Forecast forecast = provider.create(Map.of(
                        "max-horizon-steps", "12",
                        "periods", "12,84",
                        "max-samples", "500",
                        "work-budget", "3000000000",
                        "levels", "0.1, 0.9",
                        "non-negative", "true"))
                .forecast(2);
        assertArrayEquals(new double[] {0.1, 0.9}, forecast.levels());
        assertEquals("automatic", provider.name());
        assertEquals(0, provider.create(Map.of("periods", "")).forecast(1).mean(1));
        for (Map<String, String> wrong : Arrays.asList(
                Map.of("periods", "12,12"),
                Map.of("max-horizon-steps", "many"),
                Map.of("speed", "1"),
                Map.of("levels", "2"))) {
            assertThrows(IllegalArgumentException.class, () -> provider.create(wrong), wrong::toString);
        }
    }

    @Test
    void sameSamplesGiveTheSameForecasts() {
        double[] samples = GeneratedSeries.any(new SeededRandom(12), 500);
        assertArrayEquals(means(fed(builder(), samples), 24), means(fed(builder(), samples), 24));
        assertFalse(Arrays.equals(means(fed(builder(), samples), 24), new double[24]));
    }

    private static AutomaticForecaster.Builder builder() {
        return AutomaticForecaster.builder().periods(12).maxHorizonSteps(12);
    }

    private static AutomaticForecaster fed(AutomaticForecaster.Builder builder, double[] samples) {
        AutomaticForecaster forecaster = builder.build();
        for (double sample : samples) {
            forecaster.update(sample);
        }
        return forecaster;
    }

    private static double[] means(AutomaticForecaster forecaster, int steps) {
        Forecast forecast = forecaster.forecast(steps);
        double[] means = new double[steps];
        Arrays.setAll(means, step -> forecast.mean(step + 1));
        return means;
    }
}
