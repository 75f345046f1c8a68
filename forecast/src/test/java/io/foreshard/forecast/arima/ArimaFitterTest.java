package io.foreshard.forecast.arima;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArimaFitterTest {

    private static final double[] NONE = {};

    private final ArimaFitter fitter = ArimaFitter.builder().build();

    @Test
    void findsTheCoefficientsOfALongSeries() {
        ArimaCoefficients truth = ArimaCoefficients.of(new double[] {0.6, -0.3}, 1, new double[] {0.4})
                .withConstant(0.5);
        ArimaFit fit = fitter.fit(ArmaSeries.draw(11, truth, 5000), truth.order(), true);
        assertArrayEquals(truth.ar(), fit.coefficients().ar(), 0.06);
        assertArrayEquals(truth.ma(), fit.coefficients().ma(), 0.06);
        assertEquals(0.5, fit.coefficients().constant(), 0.1);
        assertEquals(1, fit.sigma(), 0.03);
    }

    @Test
    void takesWhiteNoiseForWhatItIs() {
        ArimaFit fit = fitter.fit(noise(3, 500, value -> 40 + 2 * value));
        assertEquals(new ArimaOrder(0, 0, 0), fit.coefficients().order());
        assertEquals(40, fit.coefficients().constant(), 0.3);
    }

    @Test
    void aConstantSeriesGoesOn() {
        double[] series = new double[50];
        Arrays.fill(series, -3.25);
        assertForecast(fitter.fit(series), -3.25, -3.25);
        assertForecast(fitter.fit(new double[50]), 0, 0);
        assertForecast(ArimaFitter.builder().allowMean(false).build().fit(series), -3.25, -3.25);
    }

    @Test
    void aStraightLineGoesOn() {
        double[] series = new double[60];
        Arrays.setAll(series, t -> 5 + 0.1 * t);
        assertForecast(fitter.fit(series), 11, 11.1);
        assertForecast(ArimaFitter.builder().allowDrift(false).build().fit(series), 11, 11.1);
    }

    @Test
    void oneSampleIsEnough() {
        assertForecast(fitter.fit(new double[] {42}), 42, 42);
        assertForecast(fitter.fit(new double[] {Double.NaN, 42, Double.NaN}), 42, 42);
    }

    @Test
    void refusesASeriesWithoutSamples() {
        assertThrows(IllegalArgumentException.class, () -> fitter.fit(NONE));
        assertThrows(
                IllegalArgumentException.class, () -> fitter.fit(new double[] {Double.NaN, Double.POSITIVE_INFINITY}));
    }

    @Test
    void refusesMoreParametersThanSamples() {
        double[] series = noise(1, 6, value -> value);
        assertThrows(IllegalArgumentException.class, () -> fitter.fit(series, new ArimaOrder(3, 1, 2), true));
        assertThrows(IllegalArgumentException.class, () -> fitter.fit(series, new ArimaOrder(0, 2, 0), true));
        double[] every2nd = {1, Double.NaN, 2, Double.NaN, 1, Double.NaN, 3, Double.NaN, 2};
        assertThrows(IllegalArgumentException.class, () -> fitter.fit(every2nd, new ArimaOrder(0, 2, 0), false));
    }

    @Test
    void anyShortSeriesGivesAFiniteForecast() {
        Property.named("any short series gives a finite forecast")
                .runs(150)
                .maxSize(14)
                .check((random, size) -> {
                    double[] series = new double[size];
                    Arrays.setAll(series, t -> random.chance(0.2) ? Double.NaN : Math.rint(3 * random.nextGaussian()));
                    series[random.nextInt(size)] = 1;
                    assertFinite(fitter.fit(series));
                });
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-9, 1e12, 1e150, 1e300})
    void unitsDoNotMatter(double scale) {
        double[] series = ArmaSeries.draw(5, ArimaCoefficients.of(new double[] {0.7}, 1, new double[] {-0.4}), 300);
        ArimaFit plain = fitter.fit(series);
        ArimaFit scaled =
                fitter.fit(Arrays.stream(series).map(value -> value * scale).toArray());
        assertEquals(plain.coefficients().order(), scaled.coefficients().order());
        assertArrayEquals(plain.coefficients().ar(), scaled.coefficients().ar(), 1e-6);
        assertEquals(plain.sigma(), scaled.sigma() / scale, 1e-9 * plain.sigma());
        double[] expected = forecast(plain, 20);
        double[] actual = forecast(scaled, 20);
        for (int step = 0; step < expected.length; step++) {
            assertEquals(expected[step], actual[step] / scale, 1e-6 * plain.sigma());
        }
    }

    @Test
    void unitsAndLevelDoNotMatterForAnySeries() {
        Property.named("units and level do not matter").runs(15).maxSize(200).check((random, size) -> {
            ArimaCoefficients process = ArmaSeries.process(random, 2);
            double[] series = ArmaSeries.draw(random.nextLong(), process, size + 20);
            double scale = Math.pow(10, random.nextInt(25) - 12);
            double shift = scale * 1e4 * random.nextGaussian();
            ArimaFit plain = fitter.fit(series);
            ArimaFit moved = fitter.fit(
                    Arrays.stream(series).map(value -> value * scale + shift).toArray());
            assertEquals(plain.coefficients().order(), moved.coefficients().order());
            double[] expected = forecast(plain, 10);
            double[] actual = forecast(moved, 10);
            for (int step = 0; step < expected.length; step++) {
                assertEquals(expected[step], (actual[step] - shift) / scale, 1e-5 * (plain.sigma() + 1e-6));
            }
        });
    }

    @Test
    void theModelStandsWhereSamplesOneByOneLead() {
        Property.named("update equals refit of the state").runs(15).maxSize(120).check((random, size) -> {
            double[] series = ArmaSeries.draw(random.nextLong(), ArmaSeries.process(random, 2), size + 15);
            series[random.nextInt(series.length)] = Double.NaN;
            ArimaFit fit = fitter.fit(series);
            ArimaModel fresh = ArimaModel.of(fit.coefficients());
            double[] residuals = fit.residuals();
            for (int t = 0; t < series.length; t++) {
                double before = fresh.next();
                fresh.update(series[t]);
                if (!Double.isNaN(residuals[t])) {
                    assertEquals(series[t] - before, residuals[t]);
                }
            }
            assertArrayEquals(forecast(fit, 10), forecastOf(fresh, 10));
        });
    }

    @Test
    void missingSamplesCostLittle() {
        ArimaCoefficients truth =
                ArimaCoefficients.of(new double[] {0.8}, 0, new double[] {0.3}).withConstant(50);
        double[] series = ArmaSeries.draw(17, truth, 2000);
        Random random = new Random(4);
        double[] holes = Arrays.stream(series)
                .map(value -> random.nextInt(4) == 0 ? Double.NaN : value)
                .toArray();
        ArimaFit fit = fitter.fit(holes, truth.order(), true);
        assertArrayEquals(truth.ar(), fit.coefficients().ar(), 0.06);
        assertArrayEquals(truth.ma(), fit.coefficients().ma(), 0.08);
        assertEquals(1, fit.sigma(), 0.05);
    }

    @Test
    void strangeSeriesGiveFiniteForecasts() {
        assertFinite(fitter.fit(series(200, t -> t % 2 == 0 ? 1 : -1)));
        assertFinite(fitter.fit(series(200, t -> Math.sin(0.3 * t))));
        assertFinite(fitter.fit(series(200, t -> Math.exp(0.5 * t))));
        assertFinite(fitter.fit(series(200, t -> t * t)));
        assertFinite(fitter.fit(series(200, t -> t == 100 ? 1e9 : 0)));
        assertFinite(fitter.fit(series(200, t -> t < 100 ? 0 : 1e-200)));
        assertFinite(fitter.fit(series(200, t -> t % 2 == 0 ? Double.NaN : t * t)));
        assertFinite(fitter.fit(noise(9, 100, value -> value * 1e300)));
        assertFinite(fitter.fit(noise(9, 100, value -> value * Double.MIN_VALUE * 1000)));
        assertFinite(fitter.fit(noise(9, 100, value -> Math.pow(10, 100 * value))));
    }

    @Test
    void workIsBounded() {
        double[] series =
                ArmaSeries.draw(8, ArimaCoefficients.of(new double[] {0.5, 0.2}, 1, new double[] {0.5, 0.2}), 400);
        ArimaFit fit = ArimaFitter.builder().maxEvaluations(30).build().fit(series);
        assertTrue(fit.evaluations() <= 75, fit::description);
        assertFinite(fit);
    }

    @Test
    void keepsWithinTheOrdersAllowed() {
        double[] series =
                ArmaSeries.draw(8, ArimaCoefficients.of(new double[] {0.5, 0.3}, 1, new double[] {0.5, 0.2}), 400);
        ArimaFit fit = ArimaFitter.builder()
                .maxP(1)
                .maxD(0)
                .maxQ(1)
                .allowMean(false)
                .build()
                .fit(series);
        assertTrue(fit.coefficients().order().p() <= 1
                && fit.coefficients().order().q() <= 1);
        assertEquals(0, fit.coefficients().order().d());
        assertEquals(0, fit.coefficients().constant());
    }

    @Test
    void allSmallOrdersAreNoWorseThanTheWalk() {
        double[] series =
                ArmaSeries.draw(21, ArimaCoefficients.of(new double[] {0.5}, 0, new double[] {0.5, 0.2}), 300);
        double walk = fitter.fit(series).aicc();
        assertTrue(ArimaFitter.builder().stepwise(false).build().fit(series).aicc() <= walk + 1e-3);
    }

    private static void assertForecast(ArimaFit fit, double... expected) {
        assertArrayEquals(expected, forecast(fit, expected.length), 1e-9);
        assertEquals(0, fit.sigma());
    }

    private static void assertFinite(ArimaFit fit) {
        for (double mean : forecast(fit, 30)) {
            assertTrue(Double.isFinite(mean), fit::description);
        }
        assertTrue(fit.sigma() >= 0 && Double.isFinite(fit.sigma()), fit::description);
        assertTrue(!Double.isNaN(fit.logLikelihood()), fit::description);
    }

    private static double[] forecast(ArimaFit fit, int steps) {
        return forecastOf(fit.model(), steps);
    }

    private static double[] forecastOf(ArimaModel model, int steps) {
        double[] mean = new double[steps];
        model.forecast(mean);
        return mean;
    }

    private static double[] series(int length, DoubleUnaryOperator value) {
        double[] series = new double[length];
        Arrays.setAll(series, t -> value.applyAsDouble(t));
        return series;
    }

    private static double[] noise(long seed, int length, DoubleUnaryOperator value) {
        Random random = new Random(seed);
        return series(length, t -> value.applyAsDouble(random.nextGaussian()));
    }
}
