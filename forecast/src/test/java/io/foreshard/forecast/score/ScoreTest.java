package io.foreshard.forecast.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ScoreTest {

    private static final double NONE = Double.NaN;
    private static final double ENDLESS = Double.POSITIVE_INFINITY;

    @Test
    void skipsWhatWasNotObserved() {
        double[] actual = {1, NONE, 3, ENDLESS};
        double[] forecast = {2, 100, 3, 100};
        assertEquals(0.5, PointScores.mae(actual, forecast));
        assertEquals(Math.sqrt(0.5), PointScores.rmse(actual, forecast), 1e-15);
        assertEquals(100 / 3.0, PointScores.smape(actual, forecast), 1e-12);
        assertEquals(0.25, QuantileScores.pinball(actual, forecast, 0.5));
        assertEquals(0.5, IntervalScores.coverage(actual, new double[] {1, 0, 4, 0}, new double[] {1, 0, 5, 0}));
    }

    @Test
    void aForecastThatIsNoNumberIsInfinitelyWrong() {
        double[] actual = {1, 2};
        double[] forecast = {1, NONE};
        assertEquals(ENDLESS, PointScores.mae(actual, forecast));
        assertEquals(ENDLESS, PointScores.rmse(actual, forecast));
        assertEquals(100, PointScores.smape(actual, forecast));
        assertEquals(ENDLESS, QuantileScores.pinball(actual, forecast, 0.9));
        assertEquals(ENDLESS, IntervalScores.interval(actual, forecast, actual, 0.9));
        assertEquals(0.5, IntervalScores.coverage(actual, forecast, actual));
        assertEquals(ENDLESS, Crps.gaussian(1, NONE, 1));
        assertEquals(ENDLESS, Crps.ofEnsemble(1, new double[] {1, NONE}));
        assertEquals(ENDLESS, Crps.ofQuantiles(1, new double[] {1, NONE}, new double[] {0.2, 0.8}));
    }

    @Test
    void nothingToScoreIsNotANumber() {
        double[] none = {};
        double[] missing = {NONE};
        assertTrue(Double.isNaN(PointScores.mae(none, none)));
        assertTrue(Double.isNaN(PointScores.rmse(missing, missing)));
        assertTrue(Double.isNaN(PointScores.smape(missing, missing)));
        assertTrue(Double.isNaN(IntervalScores.coverage(missing, missing, missing)));
        assertTrue(Double.isNaN(NaiveScale.meanAbsolute(new double[] {1, 2}, 2)));
        assertTrue(Double.isNaN(NaiveScale.rootMeanSquare(none, 1)));
    }

    @Test
    void definesZeroOverZero() {
        assertEquals(0, PointScores.smape(new double[] {0}, new double[] {0}));
        assertEquals(200, PointScores.smape(new double[] {0}, new double[] {1e-300}));
        assertEquals(0, PointScores.mase(new double[] {5}, new double[] {5}, 0));
        assertEquals(ENDLESS, PointScores.mase(new double[] {5}, new double[] {6}, 0));
        assertEquals(1, PointScores.relative(0, 0));
        assertEquals(ENDLESS, PointScores.relative(1, 0));
        double[][] zero = {{0, 0}};
        assertEquals(0, QuantileScores.weightedQuantileLoss(new double[] {0, 0}, zero, new double[] {0.5}));
    }

    @Test
    void neitherOverflowsNorVanishesAtTheEndsOfTheRange() {
        for (double unit : new double[] {1e-300, 1e-160, 1, 1e160, 1e300}) {
            double[] actual = {3 * unit, -4 * unit};
            double[] forecast = {0, 0};
            assertEquals(Math.sqrt(12.5), PointScores.rmse(actual, forecast) / unit, 1e-12);
            assertEquals(200, PointScores.smape(actual, forecast), 1e-12);
            assertEquals(7, NaiveScale.rootMeanSquare(actual, 1) / unit, 1e-12);
        }
        assertEquals(
                100, PointScores.smape(new double[] {Double.MAX_VALUE}, new double[] {Double.MAX_VALUE / 3}), 1e-9);
    }

    @Test
    void scaledScoresAreInUnitsOfTheSeasonalNaiveErrors() {
        double[] training = {1, 5, 2, 6, 3, 7};
        assertEquals(1, NaiveScale.meanAbsolute(training, 2));
        assertEquals(3.6, NaiveScale.meanAbsolute(training, 1), 1e-12);
        assertEquals(1, NaiveScale.rootMeanSquare(training, 2));
        assertEquals(3, PointScores.mase(new double[] {4, 8}, new double[] {6, 4}, 1));
        assertEquals(Math.sqrt(10), PointScores.rmsse(new double[] {4, 8}, new double[] {6, 4}, 1), 1e-12);
    }

    @Test
    void intervalsPayForWidthAndForMisses() {
        double[] actual = {5, 12, -1};
        double[] lower = {0, 0, 0};
        double[] upper = {10, 10, 10};
        assertEquals(10 + (2 + 1) / 3.0 * 40, IntervalScores.interval(actual, lower, upper, 0.95), 1e-9);
        assertEquals(25, IntervalScores.msis(actual, lower, upper, 0.95, 2), 1e-9);
        assertEquals(1 / 3.0, IntervalScores.coverage(actual, lower, upper));
    }

    @Test
    void findsTheWorstWindow() {
        double[] actual = new double[1000];
        double[] lower = new double[1000];
        double[] upper = new double[1000];
        Arrays.fill(upper, 1);
        Arrays.fill(actual, 500, 550, 2);
        actual[520] = NONE;
        assertEquals(151 / 200.0, IntervalScores.worstWindowCoverage(actual, lower, upper, 200));
        assertEquals(0, IntervalScores.worstWindowCoverage(actual, lower, upper, 10));
        assertEquals(950 / 999.0, IntervalScores.worstWindowCoverage(actual, lower, upper, 5000));
    }

    @Test
    void theRightQuantileHasTheLeastPinballLoss() {
        Property.named("the sample quantile has the least pinball loss")
                .runs(50)
                .maxSize(200)
                .check((random, size) -> {
                    double[] actual = random.doubles(size + 10).toArray();
                    double level = 0.05 + 0.9 * random.nextDouble();
                    double[] sorted = actual.clone();
                    Arrays.sort(sorted);
                    double best = sorted[(int) Math.ceil(level * sorted.length) - 1];
                    double other = random.nextDouble();
                    assertTrue(loss(actual, best, level) <= loss(actual, other, level) + 1e-12);
                });
    }

    private static double loss(double[] actual, double quantile, double level) {
        double[] quantiles = new double[actual.length];
        Arrays.fill(quantiles, quantile);
        return QuantileScores.pinball(actual, quantiles, level);
    }

    @Test
    void quantilesOfADenseGridScoreAsTheDistribution() {
        int count = 2000;
        double[] levels = new double[count];
        double[] quantiles = new double[count];
        for (int i = 0; i < count; i++) {
            levels[i] = (i + 0.5) / count;
            quantiles[i] = 7 * levels[i];
        }
        for (double actual : new double[] {-1, 0.5, 3, 6.9, 12}) {
            assertEquals(Crps.ofEnsemble(actual, quantiles), Crps.ofQuantiles(actual, quantiles, levels), 1e-5);
        }
    }

    @Test
    void aPointForecastScoresItsAbsoluteError() {
        assertEquals(3, Crps.gaussian(1, 4, 0));
        assertEquals(3, Crps.ofEnsemble(1, new double[] {4}));
        assertEquals(3, Crps.ofQuantiles(1, new double[] {4}, new double[] {0.5}));
        assertEquals(0, Crps.ofEnsemble(1e15, new double[] {1e15, 1e15, 1e15}));
    }

    @Test
    void weighsQuantileLossesByTheMagnitudeOfTheSeries() {
        double[] actual = {10, NONE, 30};
        double[][] quantiles = {{8, 0, 30}, {14, 0, 30}};
        double low = 2 * 0.25 * 2 / 40;
        double high = 2 * 0.25 * 4 / 40;
        assertEquals(
                (low + high) / 2,
                QuantileScores.weightedQuantileLoss(actual, quantiles, new double[] {0.25, 0.75}),
                1e-12);
    }

    @Test
    void averagesTheTwoRatiosOfTheCompetition() {
        assertEquals(1, PointScores.owa(18, 2, 18, 2));
        assertEquals(0.625, PointScores.owa(9, 1.5, 18, 2));
    }

    @Test
    void doesNotDecideOnTooLittle() {
        double[] one = {1};
        assertEquals(new DieboldMariano(0, 1, 1), DieboldMariano.ofDifferences(one, 1));
        assertEquals(new DieboldMariano(0, 1, 0), DieboldMariano.ofDifferences(new double[] {NONE}, 1));
        assertEquals(new DieboldMariano(0, 1, 3), DieboldMariano.ofDifferences(new double[] {1, 2, 4}, 3));
        assertEquals(new DieboldMariano(0, 1, 4), DieboldMariano.ofDifferences(new double[4], 1));
        assertEquals(new DieboldMariano(-ENDLESS, 0, 2), DieboldMariano.ofDifferences(new double[] {-1, -1}, 1));
    }

    @Test
    void comparesAntisymmetrically() {
        double[] first = {1, 2, 3, 1, 5, 2, NONE};
        double[] second = {2, 1, 4, 4, 5, 3, 1};
        DieboldMariano forth = DieboldMariano.ofErrors(first, second, 2, 1);
        DieboldMariano back = DieboldMariano.ofErrors(second, first, 2, 1);
        assertEquals(forth.statistic(), -back.statistic(), 1e-12);
        assertEquals(forth.pValue(), back.pValue(), 1e-12);
        assertTrue(forth.statistic() < 0);
        assertEquals(6, forth.samples());
    }

    @Test
    void carriesTheLastValueForwardWhereThereIsNoSeason() {
        assertArrayEquals(new double[] {5, 5}, Naive2.forecast(new double[] {1, 5}, 24, 2));
        assertArrayEquals(new double[] {5, 5}, Naive2.forecast(new double[] {NONE, 5, NONE}, 1, 2));
        assertArrayEquals(new double[] {0, 0}, Naive2.forecast(new double[] {NONE}, 1, 2));
        assertArrayEquals(new double[] {0}, Naive2.forecast(new double[] {}, 7, 1));
        assertFalse(Naive2.hasSeason(new double[100], 7));
    }

    @Test
    void doesNotDivideBySeasonsOfSeriesThatReachZero() {
        double[] series = new double[60];
        Arrays.setAll(series, i -> i % 4);
        assertTrue(Naive2.hasSeason(series, 4));
        assertArrayEquals(new double[] {3, 3}, Naive2.forecast(series, 4, 2));
    }

    @Test
    void findsSeasonsOfAnyMagnitude() {
        for (double unit : new double[] {1e-300, 1, 1e300}) {
            double[] series = new double[60];
            Arrays.setAll(series, i -> (1 + i % 4) * unit);
            assertArrayEquals(
                    new double[] {1, 2, 3, 4},
                    Arrays.stream(Naive2.forecast(series, 4, 4))
                            .map(value -> value / unit)
                            .toArray(),
                    1e-9);
        }
    }

    @Test
    void saysWhatIsWrongWithItsArguments() {
        double[] two = {1, 2};
        double[] three = {1, 2, 3};
        assertMessage("forecast: 3 values (expected: 2, one per actual value)", () -> PointScores.mae(two, three));
        assertMessage("level: 1.0 (expected: in (0, 1))", () -> IntervalScores.interval(two, two, two, 1));
        assertMessage("windowSteps: 0 (expected: >= 1)", () -> IntervalScores.worstWindowCoverage(two, two, two, 0));
        assertMessage("seasonSteps: 0 (expected: >= 1)", () -> NaiveScale.meanAbsolute(two, 0));
        assertMessage(
                "levels: 0.5 (expected: ascending within (0, 1))",
                () -> Crps.ofQuantiles(1, two, new double[] {0.5, 0.5}));
        assertMessage(
                "quantiles: 3 rows (expected: one per level, 2, at least 1)", () -> Crps.ofQuantiles(1, three, two));
        assertMessage("members: none (expected: at least 1)", () -> Crps.ofEnsemble(1, new double[0]));
        assertMessage("standardDeviation: NaN (expected: >= 0)", () -> Crps.gaussian(1, 1, NONE));
        assertMessage("horizonSteps: 0 (expected: >= 1)", () -> DieboldMariano.ofDifferences(two, 0));
        assertMessage("power: NaN (expected: in (0, 10])", () -> DieboldMariano.ofErrors(two, two, 1, NONE));
        assertMessage("horizonSteps: 0 (expected: >= 1)", () -> Naive2.forecast(two, 1, 0));
    }

    private static void assertMessage(String message, Executable executable) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, executable).getMessage());
    }
}
