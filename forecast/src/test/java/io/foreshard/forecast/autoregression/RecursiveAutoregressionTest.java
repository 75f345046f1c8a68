package io.foreshard.forecast.autoregression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecursiveAutoregressionTest {

    @Test
    void forecastsZeroBeforeTheFirstSampleAndTheSampleAfterIt() {
        RecursiveAutoregression model = RecursiveAutoregression.builder().build();
        assertEquals(0, model.next());
        model.skip();
        assertArrayEquals(new double[3], forecast(model, 3));
        model.update(7);
        assertArrayEquals(new double[] {7, 7, 7}, forecast(model, 3));
    }

    @Test
    void findsTheCoefficientsOfAnAutoregression() {
        RecursiveAutoregression model = model(1, 2, 3);
        double[] series = autoregression(6000, 100, 1.2, -0.5);
        feed(model, series);
        assertEquals(1.2, model.coefficient(1), 0.08);
        assertEquals(-0.5, model.coefficient(2), 0.08);
        assertEquals(0, model.coefficient(3), 0.08);
    }

    @Test
    void farForecastsSettleAtTheMeanOfAStationarySeries() {
        RecursiveAutoregression model = model(1, 2);
        feed(model, autoregression(6000, 100, 0.7, 0.1));
        assertEquals(100, forecast(model, 200)[199], 0.5);
    }

    @Test
    void followsARamp() {
        RecursiveAutoregression model = model(1, 2, 3);
        for (int step = 0; step < 3000; step++) {
            model.update(5 + 2.5 * step);
        }
        assertEquals(5 + 2.5 * 3000, model.next(), 0.05);
        assertEquals(5 + 2.5 * 3009, forecast(model, 10)[9], 0.5);
    }

    @Test
    void usesASeasonalLag() {
        RecursiveAutoregression model = model(1, 2, 24, 25);
        Random random = new Random(8);
        double error = 0;
        for (int step = 0; step < 2400; step++) {
            double sample = step % 24 == 7 ? 50 : 10 + 0.1 * random.nextGaussian();
            error = step < 1200 ? 0 : Math.max(error, Math.abs(sample - model.next()));
            model.update(sample);
        }
        assertTrue(error < 10, "greatest error " + error);
    }

    @Test
    void staysSaneWhenAMillionConstantSamplesEndInAJump() {
        RecursiveAutoregression model = RecursiveAutoregression.builder().build();
        boolean allEqual = true;
        for (int step = 0; step < 1_000_000; step++) {
            model.update(42);
            allEqual &= model.next() == 42;
        }
        assertTrue(allEqual, "forecasts of a constant");
        Random random = new Random(3);
        for (int step = 0; step < 200; step++) {
            model.update(1000 + random.nextGaussian());
            for (double mean : forecast(model, 50)) {
                assertTrue(mean >= 42 - 2000 && mean <= 2100, "step " + step + ": " + mean);
            }
        }
        assertEquals(1000, model.next(), 5);
    }

    @Test
    void neverExplodesThoughItsCoefficientsDo() {
        RecursiveAutoregression model = model(1, 2);
        for (int step = 0; step < 300; step++) {
            model.update(Math.pow(1.05, step));
        }
        assertTrue(model.coefficient(1) + model.coefficient(2) > 1, "the series grows");
        double newest = Math.pow(1.05, 299);
        double[] mean = forecast(model, 10_000);
        for (double value : mean) {
            assertTrue(value <= 2 * newest + 1, "mean " + value);
        }
        double[] factors = new double[10_000];
        model.errorGrowth(factors);
        for (int step = 1; step < factors.length; step++) {
            assertTrue(factors[step] >= factors[step - 1] && factors[step] < 1e12, "growth " + factors[step]);
        }
    }

    @Test
    void aPathThatMeetsTheBoundComesToRest() {
        RecursiveAutoregression model = model(1, 2);
        for (int step = 0; step < 200; step++) {
            model.update(Math.pow(1.02, step) * Math.cos(step));
        }
        double[] mean = forecast(model, 2000);
        assertEquals(mean[1998], mean[1999], 1e-6 * Math.pow(1.02, 200));
    }

    @Test
    void adaptsWhenTheSeriesChangesItsLevelAndNoise() {
        RecursiveAutoregression model = model(1, 2, 3);
        Random random = new Random(21);
        double error = 0;
        double naive = 0;
        double last = 0;
        for (int step = 0; step < 4000; step++) {
            double sample = step < 2000 ? 10 + random.nextGaussian() : 1e6 + 1e4 * random.nextGaussian();
            if (step >= 2500) {
                error += Math.abs(sample - model.next());
                naive += Math.abs(sample - last);
            }
            model.update(sample);
            last = sample;
        }
        assertTrue(error < 0.9 * naive, "error over naive " + error / naive);
    }

    @Test
    void treatsWhatIsNotFiniteAsMissing() {
        RecursiveAutoregression model = model(1, 2);
        RecursiveAutoregression skipping = model(1, 2);
        for (int step = 0; step < 50; step++) {
            model.update(step % 7);
            skipping.update(step % 7);
            model.update(step % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY);
            skipping.skip();
            assertEquals(skipping.next(), model.next());
        }
    }

    @Test
    void oneSpikeHardlyMovesTheCoefficients() {
        RecursiveAutoregression model = model(1, 2);
        double[] series = autoregression(3000, 100, 1.2, -0.5);
        feed(model, series);
        double before = model.coefficient(1);
        model.update(1e6);
        feed(model, autoregression(20, 100, 1.2, -0.5));
        assertEquals(before, model.coefficient(1), 0.05);
    }

    @Test
    void fillsAGapWithItsOwnForecastAndLearnsNothingFromIt() {
        RecursiveAutoregression model = model(1, 2);
        feed(model, autoregression(2000, 100, 1.2, -0.5));
        double[] ahead = forecast(model, 5);
        double coefficient = model.coefficient(1);
        for (double expected : ahead) {
            assertEquals(expected, model.next(), 1e-9);
            model.skip();
        }
        model.update(101);
        model.update(99);
        assertEquals(coefficient, model.coefficient(1));
        feed(model, autoregression(50, 100, 1.2, -0.5));
        assertTrue(coefficient != model.coefficient(1));
    }

    @Test
    void errorsGrowByTheResponsesOfTheCoefficients() {
        RecursiveAutoregression model = model(1);
        feed(model, autoregression(6000, 0, 0.8, 0));
        double phi = model.coefficient(1);
        double[] factors = new double[3];
        model.errorGrowth(factors);
        assertEquals(1, factors[0]);
        assertEquals(Math.sqrt(1 + phi * phi), factors[1], 1e-12);
        assertEquals(Math.sqrt(1 + phi * phi + Math.pow(phi, 4)), factors[2], 1e-12);
    }

    @Test
    void goesOnBitForBitAfterARoundTrip() throws IOException {
        RecursiveAutoregression model = model(1, 2, 7);
        feed(model, autoregression(500, 3, 0.5, 0.2));
        model.skip();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.save(new DataOutputStream(bytes));
        RecursiveAutoregression loaded =
                RecursiveAutoregression.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        RecursiveAutoregression copy = model.copy();
        for (double sample : autoregression(500, 3, 0.5, 0.2)) {
            model.update(sample);
            copy.update(sample);
            loaded.update(sample);
            assertEquals(model.next(), loaded.next());
            assertEquals(model.next(), copy.next());
        }
        assertArrayEquals(forecast(model, 30), forecast(loaded, 30));
    }

    @Test
    void saysWhatIsWrongWithASetting() {
        RecursiveAutoregression.Builder builder = RecursiveAutoregression.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.lags());
        assertThrows(IllegalArgumentException.class, () -> builder.lags(1, 1));
        assertThrows(IllegalArgumentException.class, () -> builder.lags(0));
        assertThrows(IllegalArgumentException.class, () -> builder.memorySteps(9));
        assertThrows(IllegalArgumentException.class, () -> builder.shrinkage(0));
        assertThrows(IllegalArgumentException.class, () -> builder.outlierLimit(Double.NaN));
        assertEquals(
                "lag: 13 (expected: one of 1..12)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> builder.build().coefficient(13))
                        .getMessage());
    }

    @Test
    void namesItsLags() {
        assertEquals(
                "AR(1..3,24..25,168)", model(168, 1, 2, 3, 24, 25).description().split(" ", 2)[0]);
    }

    private static RecursiveAutoregression model(int... lags) {
        return RecursiveAutoregression.builder().lags(lags).build();
    }

    private static void feed(RecursiveAutoregression model, double[] series) {
        for (double sample : series) {
            model.update(sample);
        }
    }

    private static double[] forecast(RecursiveAutoregression model, int horizon) {
        double[] mean = new double[horizon];
        model.forecast(mean);
        return mean;
    }

    static double[] autoregression(int count, double mean, double first, double second) {
        Random random = new Random(17);
        double[] series = new double[count];
        double last = 0;
        double beforeLast = 0;
        for (int step = 0; step < count; step++) {
            double deviation = first * last + second * beforeLast + random.nextGaussian();
            beforeLast = last;
            last = deviation;
            series[step] = mean + deviation;
        }
        return series;
    }
}
