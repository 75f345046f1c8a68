package io.foreshard.forecast.backtest;

import static io.foreshard.forecast.backtest.Waves.ramp;
import static io.foreshard.forecast.backtest.Waves.wave;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.DampedTrendForecaster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a back-test does when a method, a series, a watcher or a setting is not as it should be. */
class BacktestLimitsTest {

    private static final double NONE = Double.NaN;

    @Test
    void goesOnWhenAMethodFails() {
        BacktestResult result = Backtest.builder()
                .forecaster("no factory", () -> {
                    throw new IllegalStateException("no licence");
                })
                .forecaster("short", () -> new Forecaster() {
                    @Override
                    public void update(double sample) {}

                    @Override
                    public Forecast forecast(int horizonSteps) {
                        return new Forecast(new double[1], new double[0], new double[0][], NONE);
                    }
                })
                .forecaster("counting", Counting::new)
                .origins(2)
                .build()
                .run(ramp(100));
        assertEquals(4, result.failures().size());
        assertEquals(
                new BacktestFailure("no factory", "series", 52, "java.lang.IllegalStateException: no licence"),
                result.failures().get(0));
        assertTrue(result.failures().get(2).message().contains("1 steps (expected: 24)"));
        assertEquals(2, result.scores("short").failures());
        assertTrue(Double.isNaN(result.scores("short").mase()));
        assertEquals(1, result.againstSeasonalNaive("short").pValue());
        assertEquals(2, result.scores("counting").forecasts());
    }

    @Test
    void tellsHowFarItIs() {
        List<String> told = new ArrayList<>();
        Backtest.builder()
                .horizonSteps(2)
                .origins(2)
                .mode(BacktestMode.UPDATE)
                .progress((finished, total, method, series) -> {
                    told.add(finished + "/" + total + " " + method + " " + series);
                    throw new IllegalStateException("broken watcher");
                })
                .build()
                .run(List.of(BacktestSeries.of("a", ramp(20)), BacktestSeries.of("b", ramp(20))));
        assertEquals(List.of("1/2 seasonal-naive a", "2/2 seasonal-naive b"), told);
    }

    @Test
    void endsWhenItIsInterrupted() {
        Backtest backtest = Backtest.builder()
                .progress((finished, total, method, series) ->
                        Thread.currentThread().interrupt())
                .build();
        assertThrows(CancellationException.class, () -> backtest.run(ramp(500)));
        assertTrue(Thread.interrupted());
    }

    @Test
    void survivesConstantEmptyAndHugeSeries() {
        Backtest backtest = Backtest.builder()
                .forecaster("damped", () -> DampedTrendForecaster.builder().build())
                .seasonSteps(7)
                .horizonSteps(3)
                .origins(4)
                .build();
        assertEquals(0, backtest.run(new double[60]).scores("damped").mase());
        double[] missing = new double[60];
        Arrays.fill(missing, NONE);
        assertTrue(Double.isNaN(backtest.run(missing).scores("damped").mase()));
        for (double unit : new double[] {1e-300, 1e300}) {
            double[] huge = Arrays.stream(wave(60, 1)).map(v -> v * unit).toArray();
            double mase = backtest.run(huge).scores("damped").mase();
            assertTrue(mase > 0 && mase < 100, "MASE " + mase);
        }
    }

    @Test
    void saysWhatIsWrongWithItsArguments() {
        Backtest backtest = Backtest.builder().build();
        assertMessage("series series: 100 steps (expected: >= 193 for 8 origins)", () -> backtest.run(ramp(100)));
        assertMessage("series: none (expected: at least 1)", () -> backtest.run(List.of()));
        BacktestSeries series = BacktestSeries.of("a", ramp(300));
        assertMessage("series: a twice (expected: names of their own)", () -> backtest.run(List.of(series, series)));
        assertMessage(
                "horizonSteps: 0 (expected: 1…100000)", () -> Backtest.builder().horizonSteps(0));
        assertMessage(
                "intervalLevel: NaN (expected: 0.01…0.999)",
                () -> Backtest.builder().intervalLevel(NONE));
        assertMessage(
                "method: naive (expected: a name that is not taken; seasonal-naive and naive run along)",
                () -> Backtest.builder().forecaster("naive", Counting::new));
        BacktestResult result = backtest.run(ramp(300));
        assertMessage("method: best (expected: one of seasonal-naive)", () -> result.scores("best"));
        assertMessage("step: 25 (expected: 1…24)", () -> result.againstSeasonalNaive("seasonal-naive", 25));
        Backtest tooMuch = Backtest.builder()
                .allOrigins()
                .spacingSteps(1)
                .horizonSteps(50_000)
                .build();
        assertTrue(assertThrows(IllegalArgumentException.class, () -> tooMuch.run(ramp(60_000)))
                .getMessage()
                .startsWith("origins: "));
        assertFalse(result.methods().contains(Backtest.NAIVE));
    }

    private static void assertMessage(String message, Executable executable) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, executable).getMessage());
    }
}
