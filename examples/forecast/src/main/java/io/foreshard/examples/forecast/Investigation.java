package io.foreshard.examples.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Chooses a model for a series, runs it and the simple methods over it, and scores them. */
final class Investigation {

    private static final int MOST_RUNS = 3;
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
        this.question = question;
        this.progress = progress;
    }

    Answer run() {
        double[] samples = source.series().values();
        Plan plan = Plan.of(samples.length, question);
        Methods methods = new Methods(question);
        Run main = run(methods.chosen(), samples, plan);
        Choice choice = methods.choiceOf(main.forecaster(), source);
        Run naive = run(methods.naive(), samples, plan);
        Optional<Run> seasonal = choice.periods().stream()
                .findFirst()
                .map(period -> run(methods.seasonalNaive(period), samples, plan));
        List<MethodScore> scores = new ArrayList<>();
        if (plan.windows() > 0) {
            Scoring scoring = new Scoring(samples, choice.season(), plan, seasonal.orElse(naive));
            scores.add(scoring.score(choice.forecaster(), main));
            scores.add(scoring.score(Methods.NAIVE, naive, main));
            seasonal.ifPresent(run -> scores.add(scoring.score(Methods.SEASONAL_NAIVE, run, main)));
        }
        return new Answer(source, question, choice, plan, main, seasonal, scores);
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
