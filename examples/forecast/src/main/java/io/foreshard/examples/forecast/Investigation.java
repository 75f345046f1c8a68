package io.foreshard.examples.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleConsumer;

/** Chooses a model for a series, runs it and the simple methods over it, and scores them. */
final class Investigation {

    private static final int MOST_RUNS = 4;
    private static final int STEPS_PER_REPORT = 64;

    private final Source source;
    private final Question question;
    private final DoubleConsumer progress;
    private int runs;

    /**
     * Prepares one.
     *
     * @param progress is told now and then how much is done, 1 being all
     */
    Investigation(Source source, Question question, DoubleConsumer progress) {
        this.source = source;
        this.question = question.withSeasonsOf(source.series().values(), source.step());
        this.progress = progress;
    }

    Answer run() {
        double[] samples = source.series().values();
        Plan plan = Plan.of(samples.length, question);
        Methods methods = new Methods(question);
        Run main = run(methods.automatic(), samples, plan);
        Choice choice = methods.choiceOf(main.forecaster());
        Map<String, Run> others = new LinkedHashMap<>();
        int[] periods = choice.periodArray();
        others.put(Methods.ONLINE, run(methods.online(periods), samples, plan));
        others.put(Methods.NAIVE, run(methods.naive(), samples, plan));
        if (periods.length > 0) {
            others.put(Methods.SEASONAL_NAIVE, run(methods.seasonalNaive(periods[0]), samples, plan));
        }
        Run reference = others.getOrDefault(Methods.SEASONAL_NAIVE, Objects.requireNonNull(others.get(Methods.NAIVE)));
        List<MethodScore> scores = new ArrayList<>();
        if (plan.windows() > 0) {
            Scoring scoring = new Scoring(samples, choice.season(), plan, reference);
            scores.add(scoring.score(Methods.AUTOMATIC, main));
            others.forEach((name, run) -> scores.add(scoring.score(name, run, main)));
        }
        return new Answer(source, question, choice, plan, main, reference, scores);
    }

    private Run run(Contestant contestant, double[] samples, Plan plan) {
        double before = (double) runs++ / MOST_RUNS;
        return Run.of(contestant, samples, question, plan, done -> {
            if (done % STEPS_PER_REPORT == 0) {
                progress.accept(before + (double) done / samples.length / MOST_RUNS);
            }
        });
    }
}
