package io.foreshard.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class DampedTrendForecasterTest {

    private final DampedTrendForecaster forecaster =
            DampedTrendForecaster.builder().build();

    private void feed(int count, IntToDoubleFunction series) {
        for (int step = 0; step < count; step++) {
            forecaster.update(series.applyAsDouble(step));
        }
    }

    @Test
    void answersZeroWithUnknownSkillBeforeTheFirstSample() {
        forecaster.update(Double.NaN);
        Forecast forecast = forecaster.forecast(3);
        assertEquals(3, forecast.horizonSteps());
        assertEquals(0, forecast.mean(1));
        assertEquals(0, forecast.quantile(0.9, 3));
        assertTrue(Double.isNaN(forecast.skill()));
    }

    @Test
    void holdsTheFirstSample() {
        forecaster.update(42);
        assertEquals(42, forecaster.forecast(10).mean(10));
        assertEquals(42, forecaster.forecast(10).quantile(0.1, 10));
    }

    @Test
    void repeatsAConstantWithoutABand() {
        feed(200, step -> 0.1);
        Forecast forecast = forecaster.forecast(50);
        assertEquals(0.1, forecast.mean(50), 1e-12);
        assertEquals(forecast.quantile(0.1, 50), forecast.quantile(0.9, 50), 1e-12);
        assertEquals(1, forecast.skill());
    }

    @Test
    void followsARampBetterThanTheNaiveForecastAndDampsItFarAhead() {
        feed(200, step -> 100 + 3.0 * step);
        Forecast forecast = forecaster.forecast(200);
        double next = 100 + 3.0 * 200;
        assertEquals(next, forecast.mean(1), 3);
        assertTrue(forecast.skill() < 0.7, () -> "skill " + forecast.skill());
        double near = forecast.mean(11) - forecast.mean(1);
        double far = forecast.mean(200) - forecast.mean(190);
        assertTrue(near > 15 && far < near / 20, () -> near + " then " + far);
    }

    @Test
    void followsARampExactlyWhenTheTrendIsNotDamped() {
        DampedTrendForecaster undamped = DampedTrendForecaster.builder().phi(1).build();
        for (int step = 0; step < 500; step++) {
            undamped.update(100 + 3.0 * step);
        }
        assertEquals(100 + 3.0 * 509, undamped.forecast(10).mean(10), 1e-6);
        assertTrue(undamped.forecast(1).skill() < 0.01);
    }

    @Test
    void reachesANewLevelWithinThirtySteps() {
        feed(130, step -> step < 100 ? 10 : 1000);
        Forecast forecast = forecaster.forecast(5);
        assertEquals(1000, forecast.mean(1), 50);
        assertEquals(1000, forecast.mean(5), 50);
    }

    @Test
    void leavesOutAnOddFirstSample() {
        feed(4, step -> step == 0 ? 1e6 : 10);
        assertEquals(10, forecaster.forecast(1).mean(1));
    }

    @Test
    void widensTheBandWithTheHorizon() {
        feed(300, Noise.seeded(7)::at);
        Forecast forecast = forecaster.forecast(20);
        double near = forecast.quantile(0.9, 1) - forecast.quantile(0.1, 1);
        double far = forecast.quantile(0.9, 20) - forecast.quantile(0.1, 20);
        assertTrue(far > near * 1.3, () -> near + " then " + far);
    }

    @Test
    void skipsAStepForEachMissingSample() {
        feed(100, step -> 5.0 * step);
        Forecast before = forecaster.forecast(8);
        forecaster.update(Double.NaN);
        forecaster.update(Double.POSITIVE_INFINITY);
        forecaster.update(Double.NEGATIVE_INFINITY);
        Forecast after = forecaster.forecast(5);
        for (int step = 1; step <= 5; step++) {
            assertEquals(before.mean(step + 3), after.mean(step), 1e-9);
            assertEquals(before.quantile(0.9, step + 3), after.quantile(0.9, step), 1e-9);
        }
    }

    @Test
    void learnsFromASeriesThatMissesEveryOtherSample() {
        Noise noise = Noise.seeded(3);
        feed(2000, step -> step % 2 == 0 ? Double.NaN : noise.at(step));
        Forecast forecast = forecaster.forecast(1);
        assertTrue(forecast.quantile(0.9, 1) > forecast.quantile(0.1, 1));
        assertTrue(forecast.skill() > 0 && forecast.skill() < 1);
    }

    @Test
    void staysWithinHistoryThroughALongGap() {
        feed(50, step -> step);
        feed(100_000, step -> Double.NaN);
        Forecast forecast = forecaster.forecast(1000);
        assertTrue(forecast.mean(1000) <= 2 * 49 && forecast.mean(1000) >= -49);
        assertTrue(forecast.quantile(0.9, 1000) <= 2 * 49 && forecast.quantile(0.1, 1000) >= -49);
    }

    @Test
    void holdsARateAtZeroOrAbove() {
        DampedTrendForecaster rate =
                DampedTrendForecaster.builder().nonNegative(true).build();
        for (int step = 0; step < 60; step++) {
            rate.update(60 - step);
        }
        Forecast forecast = rate.forecast(30);
        assertEquals(0, forecast.quantile(0.1, 30));
        assertTrue(forecast.mean(30) >= 0);
    }

    @Test
    void forecastsTheSameBitsFromTheSameSamples() {
        DampedTrendForecaster other = DampedTrendForecaster.builder().build();
        Noise noise = Noise.seeded(11);
        for (int step = 0; step < 500; step++) {
            double sample = step % 17 == 0 ? Double.NaN : noise.at(step);
            forecaster.update(sample);
            other.update(sample);
        }
        assertArrayEquals(flat(forecaster.forecast(12)), flat(other.forecast(12)));
    }

    @Test
    void scalesItsForecastsWithTheSamples() {
        DampedTrendForecaster scaled = DampedTrendForecaster.builder().build();
        double factor = 0x1p40;
        Noise noise = Noise.seeded(13);
        for (int step = 0; step < 500; step++) {
            double sample = noise.at(step);
            forecaster.update(sample);
            scaled.update(sample * factor);
        }
        Forecast plain = forecaster.forecast(12);
        Forecast large = scaled.forecast(12);
        assertEquals(plain.skill(), large.skill());
        assertEquals(plain.mean(12) * factor, large.mean(12));
        assertEquals(plain.quantile(0.1, 12) * factor, large.quantile(0.1, 12));
        assertEquals(plain.quantile(0.9, 1) * factor, large.quantile(0.9, 1));
    }

    @Test
    void refusesAnEmptyHorizon() {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> forecaster.forecast(0));
        assertEquals("horizonSteps: 0 (expected: 1…65536)", error.getMessage());
    }

    @Test
    void namesTheSettingThatIsOutOfRange() {
        DampedTrendForecaster.Builder builder = DampedTrendForecaster.builder();
        assertRefused("alpha: 0.0 (expected: in (0, 1])", () -> builder.alpha(0));
        assertRefused("beta: 1.5 (expected: in (0, 1])", () -> builder.beta(1.5));
        assertRefused("phi: NaN (expected: in (0, 1])", () -> builder.phi(Double.NaN));
        assertRefused("rangeWidening: -1.0 (expected: 0…1000)", () -> builder.rangeWidening(-1));
        assertRefused("levels: 0.5 (expected: ascending within (0, 1))", () -> builder.levels(0.5, 0.5));
        assertRefused("levels: 1.0 (expected: ascending within (0, 1))", () -> builder.levels(0.5, 1));
    }

    private static void assertRefused(String message, Runnable setting) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, setting::run);
        assertEquals(message, error.getMessage());
    }

    static double[] flat(Forecast forecast) {
        double[] levels = forecast.levels();
        double[] flat = new double[forecast.horizonSteps() * (levels.length + 1) + 1];
        int at = 0;
        flat[at++] = forecast.skill();
        for (int step = 1; step <= forecast.horizonSteps(); step++) {
            flat[at++] = forecast.mean(step);
            for (double level : levels) {
                flat[at++] = forecast.quantile(level, step);
            }
        }
        return flat;
    }
}
