package io.foreshard.examples.forecast;

import io.foreshard.forecast.backtest.Backtest;
import io.foreshard.forecast.backtest.BacktestMode;
import io.foreshard.forecast.backtest.BacktestResult;
import io.foreshard.forecast.backtest.BacktestScores;
import io.foreshard.forecast.backtest.BacktestSeries;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The library's back-test on one series. */
final class SeriesTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Source source;
    private final Question question;
    private final Map<String, Double> cpuMillis = new HashMap<>();
    private long measuredAtNanos;

    SeriesTest(Source source, Question question) {
        this.source = source;
        this.question = question;
    }

    /**
     * Runs it.
     *
     * @throws IllegalArgumentException if the series is too short
     */
    SeriesScore run() {
        int length = source.series().length();
        Plan plan = Plan.of(length, question);
        if (plan.windows() == 0) {
            throw new IllegalArgumentException("series: " + Figures.count(length, "step") + " (expected: at least "
                    + Math.max(Plan.LEAST_STEPS, 2 * question.horizonSteps()) + ")");
        }
        double[] older = Arrays.copyOf(source.series().values(), plan.firstOrigin());
        Methods methods = new Methods(question.withSeasonsOf(older, source.step()));
        Choice choice = methods.choiceFrom(older);
        List<Contestant> learning = List.of(methods.automatic(), methods.online(choice.periodArray()));
        BacktestResult result =
                backtest(plan, choice, learning).run(List.of(BacktestSeries.of(source.name(), source.series())));
        return new SeriesScore(source, plan, choice, scores(result, learning, choice));
    }

    private Backtest backtest(Plan plan, Choice choice, List<Contestant> learning) {
        Backtest.Builder builder = Backtest.builder()
                .mode(BacktestMode.UPDATE)
                .horizonSteps(plan.horizonSteps())
                .origins(plan.windows())
                .seasonSteps(choice.season())
                .intervalLevel(Question.SCORED_COVERAGE)
                .progress((finished, total, method, series) -> measure(method));
        learning.forEach(contestant -> builder.forecaster(contestant.name(), contestant.make()));
        measuredAtNanos = THREADS.getCurrentThreadCpuTime();
        return builder.build();
    }

    /** The whole back-test runs on this thread, so what a method took is what passed since the one before. */
    private void measure(String method) {
        long now = THREADS.getCurrentThreadCpuTime();
        cpuMillis.merge(method, (now - measuredAtNanos) / 1e6, Double::sum);
        measuredAtNanos = now;
    }

    private List<MethodScore> scores(BacktestResult result, List<Contestant> learning, Choice choice) {
        List<MethodScore> scores = new ArrayList<>();
        learning.forEach(contestant -> scores.add(score(result, contestant.name(), contestant.name())));
        if (choice.periods().isEmpty()) {
            scores.add(score(result, Backtest.SEASONAL_NAIVE, Methods.NAIVE));
        } else {
            scores.add(score(result, Backtest.NAIVE, Methods.NAIVE));
            scores.add(score(result, Backtest.SEASONAL_NAIVE, Methods.SEASONAL_NAIVE));
        }
        return scores;
    }

    private MethodScore score(BacktestResult result, String method, String shownAs) {
        BacktestScores scores = result.scores(method, source.name());
        return new MethodScore(
                shownAs,
                scores.mase(),
                scores.relativeMae(),
                scores.smape(),
                scores.msis(),
                scores.coverage(),
                Double.NaN,
                Double.NaN,
                cpuMillis.getOrDefault(method, Double.NaN));
    }
}
