package io.foreshard.forecast.decision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.forecast.score.QuantileScores;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DecisionTest {

    private static final double NONE = Double.NaN;
    private static final double[] LEVELS = {0.1, 0.5, 0.9};

    @Test
    void providesTheQuantileAtTheCriticalRatio() {
        assertEquals(20 / 21.0, Newsvendor.criticalRatio(20, 1), 1e-15);
        assertEquals(0.5, Newsvendor.criticalRatio(1e308, 1e308));
        Forecast forecast = growing();
        assertEquals(110, Newsvendor.provision(forecast, 0.9, 1), 1e-12);
        assertArrayEquals(new double[] {105, 115, 125}, Newsvendor.provision(forecast, 0.7), 1e-12);
    }

    @Test
    void theCriticalRatioHasTheLeastCost() {
        SeededRandom random = new SeededRandom(3);
        double[] demand = new double[20_000];
        Arrays.setAll(demand, i -> 100 - 10 * Math.log(1 - random.nextDouble()));
        Forecast forecast = exponential();
        double ratio = Newsvendor.criticalRatio(20, 1);
        double best = cost(demand, Newsvendor.provision(forecast, ratio, 1), ratio);
        assertTrue(best < cost(demand, Newsvendor.provision(forecast, 0.9, 1), ratio));
        assertTrue(best < cost(demand, Newsvendor.provision(forecast, 0.985, 1), ratio));
    }

    private static double cost(double[] demand, double amount, double ratio) {
        double[] amounts = new double[demand.length];
        Arrays.fill(amounts, amount);
        return QuantileScores.pinball(demand, amounts, ratio);
    }

    @Test
    void exponentialTailsAreContinuedAsTheyAre() {
        Forecast forecast = exponential();
        for (double level : new double[] {0.95, 0.99, 0.9999}) {
            double exact = 100 - 10 * Math.log(1 - level);
            assertEquals(exact, Newsvendor.provision(forecast, level, 1), 1e-9);
            assertEquals(1 - level, Exceedance.probability(forecast, exact, 1), 1e-9);
        }
    }

    @Test
    void probabilitiesAndQuantilesBelongTogether() {
        Property.named("the exceedance of a quantile is one minus its level")
                .runs(300)
                .maxSize(20)
                .check((random, size) -> {
                    double[] levels = random.doubles(size + 1, 0.001, 0.999)
                            .sorted()
                            .distinct()
                            .toArray();
                    double[][] quantiles = new double[levels.length][1];
                    double value = 1e3 * random.nextGaussian();
                    for (double[] row : quantiles) {
                        value += random.nextDouble() + 1e-3;
                        row[0] = value;
                    }
                    Forecast forecast = new Forecast(new double[1], levels, quantiles, NONE);
                    double level = 0.0001 + 0.9998 * random.nextDouble();
                    double quantile = Newsvendor.provision(forecast, level, 1);
                    assertEquals(1 - level, Exceedance.probability(forecast, quantile, 1), 1e-6);
                });
    }

    @Test
    void probabilitiesFallAsTheThresholdGrows() {
        Forecast forecast = growing();
        double last = 1;
        for (double threshold = -1000; threshold < 1000; threshold += 0.5) {
            double probability = Exceedance.probability(forecast, threshold, 2);
            assertTrue(probability <= last && probability >= 0);
            last = probability;
        }
        assertEquals(1, Exceedance.probability(forecast, Double.NEGATIVE_INFINITY, 2));
        assertEquals(0, Exceedance.probability(forecast, Double.POSITIVE_INFINITY, 2));
    }

    @Test
    void aForecastThatClaimsToBeCertainIsTakenAtItsWord() {
        Forecast certain = forecast(new double[][] {{7}, {7}, {7}});
        assertEquals(1, Exceedance.probability(certain, 6.999, 1));
        assertEquals(0, Exceedance.probability(certain, 7, 1));
        assertEquals(7, Newsvendor.provision(certain, 0.9999, 1));
        assertEquals(7, WindowMax.quantile(certain, 0.99, 1, 1, Dependence.WORST_CASE));
        Forecast half = forecast(new double[][] {{0}, {0}, {8}});
        assertEquals(0.5, Exceedance.probability(half, 0, 1), 1e-12);
    }

    @Test
    void findsTheFirstStepThatReachesTheThreshold() {
        Forecast forecast = growing();
        assertEquals(OptionalInt.of(1), Exceedance.firstStep(forecast, 0.9, 110));
        assertEquals(OptionalInt.of(2), Exceedance.firstStep(forecast, 0.9, 111));
        assertEquals(OptionalInt.of(3), Exceedance.firstStep(forecast, 0.5, 111));
        assertEquals(OptionalInt.empty(), Exceedance.firstStep(forecast, 0.5, 121));
    }

    @Test
    void ordersTheAssumptionsOnAWindow() {
        Forecast forecast = growing();
        double together = WindowMax.quantile(forecast, 0.95, 1, 3, Dependence.TOGETHER);
        double independent = WindowMax.quantile(forecast, 0.95, 1, 3, Dependence.INDEPENDENT);
        double worst = WindowMax.quantile(forecast, 0.95, 1, 3, Dependence.WORST_CASE);
        assertEquals(Newsvendor.provision(forecast, 0.95, 3), together);
        assertTrue(together < independent && independent < worst, together + " " + independent + " " + worst);
        for (Dependence dependence : new Dependence[] {Dependence.INDEPENDENT, Dependence.WORST_CASE}) {
            double quantile = WindowMax.quantile(forecast, 0.95, 1, 3, dependence);
            assertEquals(0.05, WindowMax.exceedProbability(forecast, quantile, 1, 3, dependence), 1e-9);
        }
        assertEquals(
                Newsvendor.provision(forecast, 0.95, 2),
                WindowMax.quantile(forecast, 0.95, 2, 2, Dependence.INDEPENDENT),
                1e-9);
    }

    @Test
    void readsPaths() {
        double[][] paths = {{1, 5, 1}, {2, 2, 2}, {1, 3, 9}, {4, 1, 1}};
        assertEquals(0.5, Paths.exceedProbability(paths, 4, 3));
        assertEquals(0.25, Paths.exceedProbability(paths, 4, 2));
        assertEquals(0, Paths.exceedProbability(paths, 4, 1));
        assertEquals(5, Paths.maxQuantile(paths, 0.75, 3));
        assertEquals(9, Paths.maxQuantile(paths, 0.76, 3));
        assertEquals(2, Paths.maxQuantile(paths, 0.001, 3));
        assertEquals(OptionalInt.of(2), Paths.timeToExceed(paths, 4, 0.25));
        assertEquals(OptionalInt.of(3), Paths.timeToExceed(paths, 4, 0.5));
        assertEquals(OptionalInt.empty(), Paths.timeToExceed(paths, 4, 0.51));
        assertEquals(OptionalInt.empty(), Paths.timeToExceed(paths, 1000, 1e-12));
    }

    @Test
    void pathsOfIndependentStepsAgreeWithTheForecastOfTheSteps() {
        SeededRandom random = new SeededRandom(5);
        Forecast forecast = forecast(new double[][] {{90, 90, 90, 90}, {100, 100, 100, 100}, {120, 120, 120, 120}});
        double[][] paths = new double[20_000][4];
        for (double[] path : paths) {
            Arrays.setAll(path, i -> Newsvendor.provision(forecast, 1 - random.nextDouble() * 0.999999, i + 1));
        }
        assertEquals(
                WindowMax.exceedProbability(forecast, 130, 1, 4, Dependence.INDEPENDENT),
                Paths.exceedProbability(paths, 130, 4),
                0.01);
    }

    @Test
    void doesNotFlap() {
        Hysteresis overload = new Hysteresis(0.2, 0.1, Duration.ofNanos(10));
        assertFalse(overload.update(0.15, 0));
        assertTrue(overload.update(0.2, 1));
        assertTrue(overload.update(0.05, 2));
        assertTrue(overload.update(0.05, 11));
        assertFalse(overload.update(0.05, 12));
        assertTrue(overload.update(0.9, 13));
        assertTrue(overload.update(0.05, 14));
        assertTrue(overload.update(0.15, 20));
        assertTrue(overload.update(0.05, 25));
        assertTrue(overload.update(NONE, 30));
        assertTrue(overload.update(0.05, 36));
        assertFalse(overload.update(0.05, 46));
        assertFalse(overload.isOn());
    }

    @Test
    void saysWhatIsWrongWithItsArguments() {
        Forecast forecast = growing();
        Forecast bare = new Forecast(new double[1], new double[] {0.5}, new double[1][1], NONE);
        assertMessage("forecast: 1 quantile levels (expected: at least 2)", () -> Exceedance.probability(bare, 1, 1));
        assertMessage("step: 4 (expected: 1…3)", () -> Exceedance.probability(forecast, 1, 4));
        assertMessage("threshold: NaN (expected: a number)", () -> Exceedance.probability(forecast, NONE, 1));
        assertMessage("level: 1.0 (expected: in (0, 1))", () -> Newsvendor.provision(forecast, 1, 1));
        assertMessage("underCost: 0.0 (expected: finite, > 0)", () -> Newsvendor.criticalRatio(0, 1));
        assertMessage("critical ratio: 1.0 (expected: in (0, 1))", () -> Newsvendor.criticalRatio(1e300, 1e-300));
        assertMessage(
                "toStep: 1 (expected: >= fromStep, 2)",
                () -> WindowMax.quantile(forecast, 0.5, 2, 1, Dependence.TOGETHER));
        assertMessage(
                "paths: none (expected: at least 1, of at least 1 step)",
                () -> Paths.timeToExceed(new double[0][], 1, 0.5));
        assertMessage("steps: 2 (expected: 1…1)", () -> Paths.exceedProbability(new double[1][1], 1, 2));
        assertMessage("paths: NaN (expected: a number)", () -> Paths.maxQuantile(new double[][] {{NONE}}, 0.5, 1));
        assertMessage(
                "paths: 2 steps (expected: 1 as the first one)",
                () -> Paths.maxQuantile(new double[][] {{1}, {1, 2}}, 0.5, 1));
        assertMessage("offAt: 2.0 (expected: <= onAt, 1.0)", () -> new Hysteresis(1, 2, Duration.ZERO));
    }

    private static void assertMessage(String message, Executable executable) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, executable).getMessage());
    }

    /** Medians of 100, 110, 120 and 10 on each side. */
    private static Forecast growing() {
        return forecast(new double[][] {{90, 100, 110}, {100, 110, 120}, {110, 120, 130}});
    }

    /** The upper quantiles of 100 and an exponential variable of mean 10. */
    private static Forecast exponential() {
        return forecast(new double[][] {
            {100 - 10 * Math.log(0.9)}, {100 - 10 * Math.log(0.5)}, {100 - 10 * Math.log(0.1)}
        });
    }

    private static Forecast forecast(double[][] quantiles) {
        return new Forecast(quantiles[1], LEVELS, quantiles, NONE);
    }
}
