package io.foreshard.examples.forecast;

import io.foreshard.forecast.score.DieboldMariano;
import io.foreshard.forecast.score.IntervalScores;
import io.foreshard.forecast.score.NaiveScale;
import io.foreshard.forecast.score.PointScores;
import java.util.Arrays;

/** Scores runs over the windows of a back-test. */
final class Scoring {

    private final double scale;
    private final double referenceMae;
    private final Plan plan;

    /**
     * Takes the scale from the steps before the first window.
     *
     * @param season steps of a season, 1 for none
     * @param reference the run that errors are put in relation to
     */
    Scoring(double[] samples, int season, Plan plan, Run reference) {
        double[] older = Arrays.copyOf(samples, plan.firstOrigin());
        double seasonal = NaiveScale.meanAbsolute(older, season);
        this.scale = seasonal > 0 ? seasonal : Double.NaN;
        this.referenceMae = PointScores.mae(
                reference.windows().actual(), reference.windows().mean());
        this.plan = plan;
    }

    /** The chosen forecaster itself, which is compared with none. */
    MethodScore score(String name, Run run) {
        return score(name, run, Double.NaN, Double.NaN);
    }

    MethodScore score(String name, Run run, Run chosen) {
        DieboldMariano test = DieboldMariano.ofDifferences(lossDifferences(chosen.windows(), run.windows()), 1);
        return score(name, run, test.statistic(), test.pValue());
    }

    private MethodScore score(String name, Run run, double comparison, double pValue) {
        Track track = run.windows();
        double[] actual = track.actual();
        double[] low = track.low(Question.SCORED_COVERAGE);
        double[] high = track.high(Question.SCORED_COVERAGE);
        return new MethodScore(
                name,
                PointScores.mase(actual, track.mean(), scale),
                PointScores.relative(PointScores.mae(actual, track.mean()), referenceMae),
                PointScores.smape(actual, track.mean()),
                IntervalScores.msis(actual, low, high, Question.SCORED_COVERAGE, scale),
                IntervalScores.coverage(actual, low, high),
                comparison,
                pValue,
                run.cpuMillis());
    }

    /** One per window, as the errors within a window hang together. */
    private double[] lossDifferences(Track chosen, Track other) {
        double[] differences = new double[plan.windows()];
        double[] chosenErrors = chosen.errors();
        double[] otherErrors = other.errors();
        for (int window = 0; window < differences.length; window++) {
            int from = window * plan.horizonSteps();
            differences[window] = meanSize(chosenErrors, from) - meanSize(otherErrors, from);
        }
        return differences;
    }

    private double meanSize(double[] errors, int from) {
        return Arrays.stream(errors, from, from + plan.horizonSteps())
                .filter(Double::isFinite)
                .map(Math::abs)
                .average()
                .orElse(Double.NaN);
    }
}
