package io.foreshard.forecast.automatic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.simulator.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutomaticFitterTest {

    private static final int HORIZON = 12;
    private static final AutomaticFitter SEASONAL =
            AutomaticFitter.builder().horizonSteps(HORIZON).periods(12).build();

    @Test
    void beatsTheSeasonalNaiveForecastOnARhythmWithNoise() {
        double[] samples = GeneratedSeries.daily(new SeededRandom(3), 600, 24);
        double ours = 0;
        double naive = 0;
        for (int origin = 500; origin <= 576; origin += 4) {
            double[] mean = forecast(
                    AutomaticFitter.builder().horizonSteps(24).periods(24).build(), Arrays.copyOf(samples, origin), 24);
            for (int step = 0; step < 24; step++) {
                ours += Math.abs(samples[origin + step] - mean[step]);
                naive += Math.abs(samples[origin + step] - samples[origin + step - 24]);
            }
        }
        assertTrue(ours < 0.85 * naive, "errors: " + ours + " against " + naive);
    }

    @Test
    void holdsUpAgainstTheBenchmarkOnWhatItHasNotSeen() {
        double logRatios = 0;
        for (long seed = 1; seed <= 20; seed++) {
            double[] samples = GeneratedSeries.any(new SeededRandom(seed), 300 + HORIZON);
            double[] mean = forecast(SEASONAL, Arrays.copyOf(samples, 300), HORIZON);
            double ours = 0;
            double naive = 0;
            for (int step = 0; step < HORIZON; step++) {
                ours += Math.abs(samples[300 + step] - mean[step]);
                naive += Math.abs(samples[300 + step] - samples[300 + step - 12]);
            }
            logRatios += Math.log(ours / naive);
        }
        assertTrue(logRatios / 20 < Math.log(0.85), "ratio of errors: " + Math.exp(logRatios / 20));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1p-600, 0x1p-30, 0x1p40, 0x1p700})
    void followsAPowerOfTwo(double factor) {
        checkFollows(value -> value * factor, factor, 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 3.7, 1e12})
    void followsAnyFactor(double factor) {
        checkFollows(value -> value * factor, factor, 1e-6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1000, 1e5})
    void followsAShift(double shift) {
        checkFollows(value -> value + shift, 1, 1e-6);
    }

    private static void checkFollows(DoubleUnaryOperator moved, double factor, double tolerance) {
        for (long seed = 1; seed <= 3; seed++) {
            double[] samples = GeneratedSeries.any(new SeededRandom(seed), 240);
            double[] expected = Arrays.stream(forecast(SEASONAL, samples, HORIZON))
                    .map(moved)
                    .toArray();
            double[] actual =
                    forecast(SEASONAL, Arrays.stream(samples).map(moved).toArray(), HORIZON);
            double range = factor
                    * (Arrays.stream(samples).max().orElseThrow()
                            - Arrays.stream(samples).min().orElseThrow());
            assertArrayEquals(expected, actual, tolerance * range, "seed " + seed);
        }
    }

    @Test
    void tellsWhatItTriedAndWhatCounts() {
        AutomaticFit fit = SEASONAL.fit(GeneratedSeries.daily(new SeededRandom(5), 300, 12));
        double sum =
                fit.candidates().stream().mapToDouble(CandidateScore::weight).sum();
        assertEquals(1, sum, 1e-9);
        assertTrue(fit.candidates().size() > 8, fit.candidates().size() + " candidates");
        assertFalse(fit.description().isEmpty());
        assertArrayEquals(new int[] {12}, fit.periods());
        assertTrue(Arrays.stream(fit.residuals()).anyMatch(Double::isFinite));
        assertEquals(300, fit.residuals().length);
    }

    @Test
    void leavesOutWhatItsBudgetDoesNotAllow() {
        double[] samples = GeneratedSeries.daily(new SeededRandom(5), 300, 12);
        AutomaticFit cheap =
                AutomaticFitter.builder().periods(12).workBudget(1).build().fit(samples);
        assertEquals(
                List.of("naive", "seasonal-naive 12"),
                cheap.candidates().stream().map(CandidateScore::name).sorted().toList());
    }

    @Test
    void takesSeasonsAsLongAsItSaysAndRefusesLongerOnesAtOnce() {
        AutomaticFitter.Builder builder = AutomaticFitter.builder();
        StreamingModel longest = builder.periods(65_535).build().start();
        longest.update(3);
        assertEquals(3, longest.next());
        assertEquals(
                "periods: 65536 (expected: ascending, each 2…65535)",
                assertThrows(IllegalArgumentException.class, () -> builder.periods(65_536))
                        .getMessage());
    }

    @Test
    void looksAtTheNewestSamplesOnly() {
        double[] samples = GeneratedSeries.daily(new SeededRandom(3), 500, 12);
        double[] newest = Arrays.copyOfRange(samples, 300, 500);
        Arrays.fill(samples, 0, 300, 1e6);
        AutomaticFitter fitter =
                AutomaticFitter.builder().periods(12).maxSamples(200).build();
        double[] mean = new double[12];
        double[] expected = new double[12];
        fitter.fit(samples).model().forecast(mean);
        fitter.fit(newest).model().forecast(expected);
        assertArrayEquals(expected, mean);
        double[] residuals = fitter.fit(samples).residuals();
        assertEquals(500, residuals.length);
        assertArrayEquals(fitter.fit(newest).residuals(), Arrays.copyOfRange(residuals, 300, 500));
    }

    @Test
    void fitsAcrossGaps() {
        double[] samples = GeneratedSeries.daily(new SeededRandom(9), 400, 12);
        double[] whole = forecast(SEASONAL, samples, HORIZON);
        Arrays.fill(samples, 100, 130, Double.NaN);
        samples[250] = Double.NaN;
        double[] holed = forecast(SEASONAL, samples, HORIZON);
        for (int step = 0; step < HORIZON; step++) {
            assertEquals(whole[step], holed[step], 5, "step " + step);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 17, 30})
    void answersShortSeries(int length) {
        double[] samples = GeneratedSeries.any(new SeededRandom(length), length);
        for (double value : forecast(SEASONAL, samples, 30)) {
            assertTrue(Double.isFinite(value), "value " + value);
        }
    }

    @Test
    void answersAConstantWithTheConstant() {
        double[] samples = new double[200];
        Arrays.fill(samples, 7.25);
        for (double value : forecast(SEASONAL, samples, 30)) {
            assertEquals(7.25, value, 1e-9);
        }
    }

    @Test
    void refusesSeriesWithoutASample() {
        assertThrows(IllegalArgumentException.class, () -> SEASONAL.fit(new double[0]));
        assertThrows(IllegalArgumentException.class, () -> SEASONAL.fit(new double[] {Double.NaN, Double.NaN}));
        assertThrows(IllegalArgumentException.class, () -> SEASONAL.fit(new double[] {1, Double.POSITIVE_INFINITY}));
    }

    @Test
    void refusesWrongSettings() {
        AutomaticFitter.Builder builder = AutomaticFitter.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.horizonSteps(0));
        assertThrows(IllegalArgumentException.class, () -> builder.periods(24, 24));
        assertThrows(IllegalArgumentException.class, () -> builder.periods(1));
        assertThrows(IllegalArgumentException.class, () -> builder.periods(2, 3, 4));
        assertThrows(IllegalArgumentException.class, () -> builder.maxSamples(15));
        assertThrows(IllegalArgumentException.class, () -> builder.workBudget(0));
    }

    private static double[] forecast(AutomaticFitter fitter, double[] samples, int steps) {
        StreamingModel model = fitter.fit(samples).model();
        double[] mean = new double[steps];
        model.forecast(mean);
        return mean;
    }
}
