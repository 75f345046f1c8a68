package io.foreshard.forecast.theta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThetaModelTest {

    private static ThetaFitter fitter(ThetaForm form, int period, ThetaSeason season) {
        return ThetaFitter.builder().form(form).period(period).season(season).build();
    }

    private static double[] wanderingSeason(SeededRandom random, int count, int period) {
        double[] series = new double[count];
        double level = 100;
        for (int i = 0; i < count; i++) {
            level += 0.1 + random.nextGaussian();
            series[i] = level * (1 + 0.3 * Math.sin(2 * Math.PI * i / period)) + random.nextGaussian();
        }
        return series;
    }

    private static double[] forecast(ThetaModel model, int steps) {
        double[] mean = new double[steps];
        model.forecast(mean);
        return mean;
    }

    private static void assertClose(double[] expected, double[] actual, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance, "value " + i);
        }
    }

    @ParameterizedTest
    @EnumSource(ThetaForm.class)
    void goesOnWithTheTrend(ThetaForm form) {
        double[] series = new double[60];
        for (int i = 0; i < series.length; i++) {
            series[i] = 5 + 2 * i + 0.01 * Math.sin(i * 12.9898);
        }
        double[] mean = forecast(fitter(form, 1, ThetaSeason.NONE).fit(series).model(), 10);
        double slope = (mean[9] - mean[0]) / 9;
        // The classic form has half of the slope by design.
        assertEquals(form == ThetaForm.CLASSIC ? 1 : 2, slope, 0.05);
    }

    @ParameterizedTest
    @EnumSource(ThetaForm.class)
    void updatesEqualARunOverAllSamplesWithTheSameParameters(ThetaForm form) {
        Property.named("updates equal a run " + form).runs(20).maxSize(120).check((random, size) -> {
            double[] series = wanderingSeason(random, 60 + size, 12);
            double[] part = Arrays.copyOf(series, 60);
            ThetaFit fit = fitter(form, 1, ThetaSeason.NONE).fit(part);
            ThetaModel model = fit.model();
            Arrays.stream(series).skip(60).forEach(model::update);
            ThetaState state = startOf(form, fit, part);
            Arrays.stream(series).forEach(state::update);
            double[] expected = new double[30];
            state.forecast(expected);
            assertClose(expected, forecast(model, 30), 1e-6);
        });
    }

    private static ThetaState startOf(ThetaForm form, ThetaFit fit, double... series) {
        Line whole = new Line();
        Arrays.stream(series).forEach(whole::add);
        Line line = switch (form) {
            case CLASSIC -> new Line(-whole.slope(), whole.slope());
            case OPTIMISED -> whole;
            case DYNAMIC -> new Line();
        };
        return new ThetaState(fit.alpha(), 1 - 1 / fit.theta(), form == ThetaForm.DYNAMIC, fit.initialLevel(), line);
    }

    @ParameterizedTest
    @EnumSource(ThetaForm.class)
    void theErrorsOfTheFitAreThoseOfAModelThatStartsAnew(ThetaForm form) {
        double[] series = wanderingSeason(new SeededRandom(3), 70, 12);
        ThetaFit fit = fitter(form, 1, ThetaSeason.NONE).fit(series);
        ThetaState state = startOf(form, fit, series);
        double[] residuals = fit.residuals();
        for (int i = 0; i < series.length; i++) {
            if (form != ThetaForm.CLASSIC && i < 2) {
                assertTrue(Double.isNaN(residuals[i]));
            } else {
                assertEquals(series[i] - state.next(), residuals[i], 1e-6);
            }
            state.update(series[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(ThetaForm.class)
    void unitsDoNotMatter(ThetaForm form) {
        Property.named("scale equivariance " + form).runs(20).maxSize(120).check((random, size) -> {
            double[] series = wanderingSeason(random, 8 + size, 7);
            double scale = random.nextBoolean() ? 1e12 : 1e-9;
            double[] scaled = Arrays.stream(series).map(value -> value * scale).toArray();
            ThetaFitter fitter = fitter(form, 7, ThetaSeason.AUTOMATIC);
            double[] expected = forecast(fitter.fit(series).model(), 20);
            double[] actual = Arrays.stream(forecast(fitter.fit(scaled).model(), 20))
                    .map(value -> value / scale)
                    .toArray();
            assertClose(expected, actual, 1e-4);
        });
    }

    @ParameterizedTest
    @EnumSource(ThetaForm.class)
    void levelsDoNotMatterWhenTheSeasonIsAdditive(ThetaForm form) {
        Property.named("shift equivariance " + form).runs(20).maxSize(120).check((random, size) -> {
            double[] series = wanderingSeason(random, 8 + size, 7);
            double shift = random.nextInt(-1000, 1000);
            double[] shifted = Arrays.stream(series).map(value -> value + shift).toArray();
            ThetaFitter fitter = fitter(form, 7, ThetaSeason.ADDITIVE);
            double[] expected = forecast(fitter.fit(series).model(), 20);
            double[] actual = Arrays.stream(forecast(fitter.fit(shifted).model(), 20))
                    .map(value -> value - shift)
                    .toArray();
            assertClose(expected, actual, 1e-4);
        });
    }

    @ParameterizedTest
    @EnumSource(ThetaForm.class)
    void answersHostileSeriesWithFiniteValues(ThetaForm form) {
        Property.named("hostile series " + form).runs(120).maxSize(80).check((random, size) -> {
            double[] series = hostile(random, size);
            ThetaFit fit =
                    fitter(form, 1 + random.nextInt(30), ThetaSeason.AUTOMATIC).fit(series);
            ThetaModel model = fit.model();
            assertFinite(model, series);
            model.skip();
            model.update(random.nextGaussian() * 1e100);
            model.update(0);
            assertFinite(model, series);
            assertTrue(fit.theta() >= 1 && fit.alpha() > 0 && fit.alpha() < 1);
            assertTrue(Double.isFinite(fit.sigma()));
        });
    }

    private static void assertFinite(ThetaModel model, double... series) {
        double[] factors = new double[50];
        model.errorGrowth(factors);
        assertEquals(1, factors[0]);
        for (double value : forecast(model, 50)) {
            assertTrue(Double.isFinite(value), () -> model.description() + " of " + Arrays.toString(series));
        }
        for (int i = 1; i < 50; i++) {
            assertTrue(factors[i] >= factors[i - 1] && Double.isFinite(factors[i]));
        }
    }

    private static double[] hostile(SeededRandom random, int size) {
        int kind = random.nextInt(6);
        double[] series = new double[size];
        for (int i = 0; i < size; i++) {
            series[i] = switch (kind) {
                case 0 -> 42;
                case 1 -> 0;
                case 2 -> random.nextInt(10) == 0 ? 1 : 0;
                case 3 -> (random.nextBoolean() ? 1 : -1) * Math.pow(10, random.nextInt(-300, 100));
                case 4 -> random.nextInt(3) == 0 ? Double.NaN : random.nextDouble();
                default -> Math.pow(10, random.nextInt(-300, 100));
            };
        }
        if (kind == 4) {
            series[random.nextInt(size)] = 3;
        }
        return series;
    }

    @ParameterizedTest
    @EnumSource(ThetaForm.class)
    void forecastsAConstantByItself(ThetaForm form) {
        for (int count = 1; count < 30; count++) {
            double[] series = new double[count];
            Arrays.fill(series, 7);
            double[] mean =
                    forecast(fitter(form, 4, ThetaSeason.AUTOMATIC).fit(series).model(), 9);
            for (double value : mean) {
                assertEquals(7, value, 1e-9, count + " samples");
            }
        }
    }

    @Test
    void refusesSeriesWithoutSamples() {
        ThetaFitter fitter = ThetaFitter.builder().build();
        assertThrows(IllegalArgumentException.class, () -> fitter.fit(new double[0]));
        assertEquals(
                "series: 1 steps without a finite sample (expected: at least one)",
                assertThrows(IllegalArgumentException.class, () -> fitter.fit(new double[] {Double.NaN}))
                        .getMessage());
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        ThetaFitter.Builder builder = ThetaFitter.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.period(0));
        assertThrows(IllegalArgumentException.class, () -> builder.alpha(1));
        assertThrows(IllegalArgumentException.class, () -> builder.theta(0.5));
    }

    @Test
    void dropsASeasonOfWhichThereAreNotMoreThanTwo() {
        double[] series = new double[25];
        for (int i = 0; i < series.length; i++) {
            series[i] = i % 12 == 3 ? 100 + i : 10 + i % 5;
        }
        assertEquals(
                12,
                fitter(ThetaForm.DYNAMIC, 12, ThetaSeason.AUTOMATIC).fit(series).period());
        double[] shorter = Arrays.copyOf(series, 24);
        assertEquals(
                1,
                fitter(ThetaForm.DYNAMIC, 12, ThetaSeason.AUTOMATIC)
                        .fit(shorter)
                        .period());
    }

    @Test
    void takesASeasonOffAsDifferencesWhenSamplesMayBeNegative() {
        double[] series = wanderingSeason(new SeededRandom(9), 96, 12);
        ThetaFitter fitter = fitter(ThetaForm.DYNAMIC, 12, ThetaSeason.AUTOMATIC);
        assertTrue(fitter.fit(series).description().contains("(M,12;"), fitter.fit(series)::description);
        double[] lower = Arrays.stream(series).map(value -> value - 120).toArray();
        assertTrue(fitter.fit(lower).description().contains("(A,12;"), fitter.fit(lower)::description);
    }

    @Test
    void keepsTheSeasonAcrossGaps() {
        double[] series = wanderingSeason(new SeededRandom(10), 12 * 12, 12);
        double[] holed = series.clone();
        Arrays.fill(holed, 0, 5, Double.NaN);
        Arrays.fill(holed, 60, 66, Double.NaN);
        holed[100] = Double.POSITIVE_INFINITY;
        ThetaFitter fitter = fitter(ThetaForm.DYNAMIC, 12, ThetaSeason.AUTOMATIC);
        ThetaFit fit = fitter.fit(holed);
        double[] expected = forecast(fitter.fit(series).model(), 12);
        double[] actual = forecast(fit.model(), 12);
        for (int i = 0; i < 12; i++) {
            assertEquals(1, actual[i] / expected[i], 0.08);
        }
        assertTrue(Double.isNaN(fit.residuals()[2]) && Double.isNaN(fit.residuals()[100]));
        assertTrue(Double.isFinite(fit.residuals()[50]));
    }

    @Test
    void aSkippedStepMovesTheForecastOnByOne() {
        double[] series = wanderingSeason(new SeededRandom(11), 60, 12);
        for (ThetaForm form : ThetaForm.values()) {
            ThetaModel model =
                    fitter(form, 12, ThetaSeason.AUTOMATIC).fit(series).model();
            double[] before = forecast(model, 20);
            model.skip();
            assertArrayEquals(Arrays.copyOfRange(before, 1, 20), forecast(model, 19));
        }
    }

    @Test
    void errorsGrowAsSimulatedPathsSpread() {
        SeededRandom random = new SeededRandom(12);
        double[] series = wanderingSeason(random, 40, 12);
        ThetaModel model =
                ThetaFitter.builder().alpha(0.4).theta(3).build().fit(series).model();
        double[] squares = new double[15];
        double[] mean = forecast(model, 15);
        int paths = 20_000;
        for (int path = 0; path < paths; path++) {
            ThetaModel walker = model.copy();
            for (int step = 0; step < 15; step++) {
                double sample = walker.next() + random.nextGaussian();
                squares[step] += (sample - mean[step]) * (sample - mean[step]);
                walker.update(sample);
            }
        }
        double[] factors = new double[15];
        model.errorGrowth(factors);
        for (int step = 0; step < 15; step++) {
            assertEquals(Math.sqrt(squares[step] / paths), factors[step], 0.03 * factors[step]);
        }
    }

    @ParameterizedTest
    @EnumSource(ThetaForm.class)
    void goesOnBitForBitAfterSaving(ThetaForm form) throws IOException {
        double[] series = wanderingSeason(new SeededRandom(13), 55, 12);
        ThetaModel model = fitter(form, 12, ThetaSeason.AUTOMATIC).fit(series).model();
        ThetaModel loaded = load(save(model));
        model.update(80);
        loaded.update(80);
        assertArrayEquals(forecast(model, 40), forecast(loaded, 40));
        assertArrayEquals(save(model), save(loaded));
        assertEquals(model.description(), loaded.description());
    }

    private static byte[] save(ThetaModel model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static ThetaModel load(byte... bytes) throws IOException {
        return ThetaModel.load(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void refusesWhatItHasNotSaved() throws IOException {
        byte[] saved = save(fitter(ThetaForm.DYNAMIC, 1, ThetaSeason.NONE)
                .fit(new double[] {1, 2, 3})
                .model());
        for (int at : new int[] {0, 1, 3, 15}) {
            byte[] wrong = saved.clone();
            wrong[at] = 0x7f;
            assertThrows(IOException.class, () -> load(wrong), "byte " + at);
        }
        assertThrows(IOException.class, () -> load(Arrays.copyOf(saved, saved.length - 1)));
    }

    @Test
    void allocatesNothingPerUpdate() {
        ThetaModel model = fitter(ThetaForm.DYNAMIC, 12, ThetaSeason.AUTOMATIC)
                .fit(wanderingSeason(new SeededRandom(14), 60, 12))
                .model();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int step = 0; step < 50_000; step++) {
                model.update(step % 7 + model.next() / 2);
                model.skip();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertTrue(least < 1024, "allocated " + least + " bytes in 100 000 steps");
    }
}
