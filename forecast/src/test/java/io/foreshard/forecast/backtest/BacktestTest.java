package io.foreshard.forecast.backtest;

import static io.foreshard.forecast.backtest.Waves.ramp;
import static io.foreshard.forecast.backtest.Waves.wave;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.DampedTrendForecaster;
import io.foreshard.forecast.baseline.SeasonalNaiveModel;
import io.foreshard.forecast.model.FittedModel;
import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.score.DieboldMariano;
import io.foreshard.forecast.score.NaiveScale;
import io.foreshard.forecast.score.PointScores;
import io.foreshard.forecast.series.CsvSeries;
import io.foreshard.forecast.series.SharedData;
import io.foreshard.simulator.SeededRandom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BacktestTest {

    private static final double NONE = Double.NaN;

    /** Knows the sine wave that it forecasts. */
    private static final class Oracle implements Forecaster {

        private int step;

        @Override
        public void update(double sample) {
            step++;
        }

        @Override
        public Forecast forecast(int horizonSteps) {
            double[] mean = new double[horizonSteps];
            Arrays.setAll(mean, i -> wave(step + i));
            return new Forecast(mean, new double[0], new double[0][], NONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsEachMethodExactlyWhatCameBeforeTheOrigin(BacktestMode mode) {
        BacktestResult result = Backtest.builder()
                .mode(mode)
                .forecaster("counting", Counting::new)
                .horizonSteps(4)
                .origins(5)
                .spacingSteps(3)
                .build()
                .run(ramp(50));
        List<OriginForecast> forecasts = result.forecasts("counting", "series");
        assertEquals(List.of(34, 37, 40, 43, 46), origins(forecasts));
        for (OriginForecast forecast : forecasts) {
            assertEquals(forecast.originStep(), forecast.forecast().mean(1));
            assertEquals(forecast.originStep(), forecast.actual()[0]);
        }
    }

    @Test
    void scoresAsTheScoresDo() {
        double[] series = wave(200, 1);
        BacktestResult result = Backtest.builder()
                .horizonSteps(6)
                .origins(3)
                .seasonSteps(24)
                .model("naive too", () -> new SeasonalNaiveModel(1))
                .build()
                .run(series);
        double mase = 0;
        double smape = 0;
        double scale = NaiveScale.meanAbsolute(Arrays.copyOf(series, 182), 24);
        for (OriginForecast forecast : result.forecasts(Backtest.NAIVE, "series")) {
            double[] mean = new double[6];
            Arrays.fill(mean, series[forecast.originStep() - 1]);
            mase += PointScores.mase(forecast.actual(), mean, scale) / 3;
            smape += PointScores.smape(forecast.actual(), mean) / 3;
        }
        BacktestScores scores = result.scores(Backtest.NAIVE);
        assertEquals(mase, scores.mase(), 1e-12);
        assertEquals(smape, scores.smape(), 1e-10);
        assertEquals(
                mase, Arrays.stream(result.maseByStep(Backtest.NAIVE)).average().orElseThrow(), 1e-12);
        assertEquals(scores, result.scores("naive too"));
        assertEquals(result.scores(Backtest.SEASONAL_NAIVE).mase() * scores.relativeMae(), scores.mase(), 1e-12);
    }

    @Test
    void findsTheMethodThatKnows() {
        BacktestResult result = Backtest.builder()
                .forecaster("oracle", Oracle::new)
                .seasonSteps(10)
                .horizonSteps(5)
                .origins(20)
                .build()
                .run(wave(300, 0));
        assertEquals(0, result.scores("oracle").mase());
        assertEquals(0, result.scores("oracle").crps());
        assertTrue(Double.isNaN(result.scores("oracle").coverage()), "it gave no quantiles");
        DieboldMariano test = result.againstSeasonalNaive("oracle");
        assertTrue(test.statistic() < -3 && test.pValue() < 0.01, test.toString());
        assertTrue(result.againstSeasonalNaive("oracle", 5).pValue() < 0.01);
        assertEquals(1, result.againstSeasonalNaive(Backtest.SEASONAL_NAIVE).pValue());
    }

    @Test
    void measuresTheCoverageOfWhatClaimsQuantiles() {
        SeededRandom random = new SeededRandom(11);
        double[] noise = new double[3000];
        Arrays.setAll(noise, i -> random.nextGaussian());
        BacktestResult result = Backtest.builder()
                .mode(BacktestMode.UPDATE)
                .fit("mean", MeanFit::new)
                .minTrainingSteps(1000)
                .allOrigins()
                .horizonSteps(1)
                .build()
                .run(noise);
        BacktestScores scores = result.scores("mean");
        assertEquals(2000, scores.forecasts());
        assertEquals(0.95, scores.coverage(), 0.015);
        assertTrue(scores.worstWindowCoverage() > 0.88 && scores.worstWindowCoverage() < scores.coverage());
        // 1/√π over the mean absolute difference of two normal variables, 2/√π.
        assertEquals(0.5, scores.crps(), 0.03);
        assertEquals(0.7, scores.relativeMae(), 0.03);
    }

    /** The mean of the training part. */
    private static final class MeanFit implements FittedModel {

        private final double mean;
        private final double[] residuals;

        MeanFit(double[] training) {
            mean = Arrays.stream(training).average().orElseThrow();
            residuals = Arrays.stream(training).map(value -> value - mean).toArray();
        }

        @Override
        public String description() {
            return "mean";
        }

        @Override
        public double[] residuals() {
            return residuals.clone();
        }

        @Override
        public StreamingModel model() {
            SeasonalNaiveModel model = new SeasonalNaiveModel(1);
            model.update(mean);
            return new FrozenModel(model);
        }
    }

    @Test
    void testsOverlappingForecastsAsOnesThatAreWrongTogether() {
        SeededRandom random = new SeededRandom(3);
        double[] walk = new double[200];
        for (int i = 1; i < walk.length; i++) {
            walk[i] = walk[i - 1] + random.nextGaussian();
        }
        BacktestResult result = Backtest.builder()
                .fit("mean", MeanFit::new)
                .minTrainingSteps(40)
                .allOrigins()
                .horizonSteps(6)
                .spacingSteps(2)
                .build()
                .run(walk);
        List<OriginForecast> mean = result.forecasts("mean", "series");
        List<OriginForecast> naive = result.forecasts(Backtest.SEASONAL_NAIVE, "series");
        double[] differences = new double[mean.size()];
        Arrays.setAll(differences, i -> error(mean.get(i), 5) - error(naive.get(i), 5));
        assertEquals(
                DieboldMariano.ofDifferences(differences, 3).statistic(),
                result.againstSeasonalNaive("mean", 5).statistic(),
                1e-9);
    }

    private static double error(OriginForecast forecast, int step) {
        return Math.abs(forecast.actual()[step - 1] - forecast.forecast().mean(step));
    }

    @Test
    void doesNotTakeAHighLevelForAnErrorOfTheNaiveForecast() {
        SeededRandom random = new SeededRandom(11);
        double[] high = new double[600];
        Arrays.setAll(high, i -> 1e6 + random.nextGaussian());
        BacktestScores scores = Backtest.builder()
                .mode(BacktestMode.UPDATE)
                .minTrainingSteps(100)
                .allOrigins()
                .horizonSteps(1)
                .build()
                .run(high)
                .scores(Backtest.SEASONAL_NAIVE);
        assertEquals(0.95, scores.coverage(), 0.02);
        assertTrue(scores.msis() < 8, "msis " + scores.msis());
    }

    @Test
    void doesNotScoreAnIntervalWiderThanWhatIsClaimed() {
        BacktestScores scores = Backtest.builder()
                .forecaster("deciles", () -> DampedTrendForecaster.builder().build())
                .build()
                .run(wave(400, 1))
                .scores("deciles");
        assertTrue(Double.isNaN(scores.coverage()) && Double.isNaN(scores.msis()));
        assertTrue(scores.crps() > 0);
    }

    @Test
    void skipsWhatWasNotObserved() {
        double[] series = wave(300, 1);
        for (int i = 5; i < 300; i += 7) {
            series[i] = NONE;
        }
        BacktestScores scores =
                Backtest.builder().seasonSteps(10).build().run(series).scores(Backtest.SEASONAL_NAIVE);
        assertTrue(scores.mase() > 0 && scores.mase() < 5, scores.toString());
    }

    @Test
    void resultsDoNotDependOnHowManyThreadsWork() {
        List<BacktestSeries> series = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            series.add(BacktestSeries.of("s" + i, wave(300 + i, i + 1)));
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Backtest.Builder builder = Backtest.builder()
                    .forecaster("damped", () -> DampedTrendForecaster.builder().build())
                    .model("week", () -> new SeasonalNaiveModel(7))
                    .seasonSteps(10);
            BacktestResult alone = builder.build().run(series);
            BacktestResult together = builder.executor(pool, 4).build().run(series);
            BacktestResult rejected = builder.executor(
                            task -> {
                                throw new RejectedExecutionException("full");
                            },
                            4)
                    .build()
                    .run(series);
            BacktestResult neverRun = builder.executor(task -> {}, 4).build().run(series);
            for (BacktestResult other : List.of(together, rejected, neverRun)) {
                for (String method : alone.methods()) {
                    assertEquals(alone.scores(method), other.scores(method));
                    assertArrayEquals(alone.maseByStep(method), other.maseByStep(method));
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void measuresSharedSeries() throws IOException {
        double[] taxi = CsvSeries.readFile(SharedData.file("series/nab/nyc_taxi.csv.gz"))
                .series()
                .values();
        BacktestScores scores = Backtest.builder()
                .mode(BacktestMode.UPDATE)
                .seasonSteps(336)
                .horizonSteps(48)
                .build()
                .run(taxi)
                .scores(Backtest.SEASONAL_NAIVE);
        assertTrue(scores.mase() > 0.5 && scores.mase() < 3, scores.toString());
        assertTrue(scores.coverage() > 0.7, scores.toString());
    }

    private static List<Integer> origins(List<OriginForecast> forecasts) {
        return forecasts.stream().map(OriginForecast::originStep).toList();
    }
}
