package io.foreshard.examples.forecast;

import io.foreshard.coreapi.Forecast;
import io.foreshard.examples.report.ConsoleTable;
import io.foreshard.examples.report.Table;
import io.foreshard.forecast.automatic.CandidateScore;
import io.foreshard.forecast.score.PointScores;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The answer for the terminal, and the tables that the page has too. */
final class AnswerText {

    static final int FIRST_STEPS = 12;
    private static final double SIGNIFICANT = 0.05;

    private AnswerText() {}

    static String of(Answer answer) {
        StringBuilder out = new StringBuilder();
        out.append(answer.source().name()).append('\n');
        out.append("  ").append(answer.source().extent()).append('\n');
        out.append("  repaired: ").append(repairs(answer.source())).append('\n');
        out.append("  seasons:  ").append(seasons(answer)).append('\n');
        out.append("\nModel: ").append(answer.choice().description()).append('\n');
        if (!answer.choice().candidates().isEmpty()) {
            out.append(ConsoleTable.render(candidates(answer)));
        }
        out.append('\n')
                .append(answer.scores().isEmpty() ? plan(answer) + "\n" : ConsoleTable.render(accuracy(answer)));
        out.append('\n').append(verdict(answer)).append('\n');
        out.append('\n').append(ConsoleTable.render(forecast(answer, FIRST_STEPS)));
        return out.toString();
    }

    private static String repairs(Source source) {
        List<String> repairs = source.repairs();
        return repairs.isEmpty()
                ? "nothing, the samples stand on a regular grid"
                : String.join("\n            ", repairs);
    }

    static String seasons(Answer answer) {
        return answer.choice().periods().isEmpty()
                ? "none found"
                : answer.choice().periods().stream()
                        .map(period -> Figures.steps(period, answer.source().step()))
                        .collect(Collectors.joining(", "));
    }

    static Table candidates(Answer answer) {
        Table table = Table.columns("candidate", "weight", "error, next step", "error, horizon", "form")
                .caption("Candidates, weighed by their errors on the newer part of the series (at the horizon).");
        for (CandidateScore candidate : answer.choice().candidates()) {
            table = table.row(
                    candidate.name(),
                    Figures.percent(candidate.weight(), 0),
                    Figures.amount(candidate.nextStepError()),
                    Figures.amount(candidate.error()),
                    candidate.description());
        }
        return table;
    }

    static Table accuracy(Answer answer) {
        Table table = Table.columns(
                        "method", "MASE", "sMAPE %", "MSIS 95", "coverage 95", "Diebold-Mariano", "p-value", "CPU ms")
                .caption(plan(answer));
        for (MethodScore score : answer.scores()) {
            table = table.row(
                    score.name(),
                    Figures.fixed(score.mase(), 3),
                    Figures.fixed(score.smape(), 2),
                    Figures.fixed(score.msis(), 2),
                    Figures.percent(score.coverage(), 1),
                    Figures.fixed(score.comparison(), 2),
                    Figures.fixed(score.pValue(), 3),
                    Figures.fixed(score.cpuMillis(), 0));
        }
        return table;
    }

    private static String plan(Answer answer) {
        int windows = answer.plan().windows();
        return windows == 0
                ? "Back-test: none, the series has "
                        + Figures.count(answer.plan().length(), "step") + " (expected: at least "
                        + Math.max(Plan.LEAST_STEPS, 2 * answer.question().horizonSteps()) + ")"
                : "Back-test: " + Figures.count(windows, "window") + " of "
                        + Figures.steps(
                                answer.question().horizonSteps(),
                                answer.source().step())
                        + ", each forecast without having seen it. Diebold-Mariano below 0: the first method errs less.";
    }

    /** One sentence on whether the forecast is worth having. */
    static String verdict(Answer answer) {
        if (answer.scores().size() < 2) {
            return "Nothing is known about the accuracy of this forecast.";
        }
        MethodScore chosen = answer.scores().get(0);
        MethodScore best = answer.scores().stream()
                .filter(score ->
                        score.name().equals(Methods.NAIVE) || score.name().equals(Methods.SEASONAL_NAIVE))
                .min(Comparator.comparingDouble(MethodScore::relativeMae))
                .orElse(chosen);
        double ratio = PointScores.relative(chosen.relativeMae(), best.relativeMae());
        if (Double.isNaN(ratio)) {
            return "Nothing is known about the accuracy: the windows hold no sample.";
        }
        if (Double.isInfinite(ratio)) {
            return "The best simple method, " + best.name() + ", does not err at all; this forecast does.";
        }
        String sure = best.pValue() < SIGNIFICANT ? ", which chance hardly explains" : ", which may be chance";
        return ratio <= 1
                ? "It errs " + Figures.percent(1 - ratio, 0) + " less than the best simple method, " + best.name()
                        + sure + "."
                : "It errs " + Figures.percent(ratio - 1, 0) + " more than the best simple method, " + best.name()
                        + sure + ".";
    }

    static Table forecast(Answer answer, int most) {
        Forecast future = answer.future();
        int shown = Math.min(most, future.horizonSteps());
        List<Double> coverages = answer.question().coverages();
        String[] heads = new String[2 + 2 * coverages.size()];
        heads[0] = "time (UTC)";
        heads[1] = "mean";
        for (int band = 0; band < coverages.size(); band++) {
            String name = Figures.percent(coverages.get(band), 1).replace(".0 %", " %");
            heads[2 + 2 * band] = name + " low";
            heads[3 + 2 * band] = name + " high";
        }
        Table table = Table.columns(heads)
                .caption("Forecast, " + (shown < future.horizonSteps() ? "the first " + shown + " of " : "")
                        + Figures.count(future.horizonSteps(), "step") + ".");
        int decimals = Figures.decimalsFor(greatest(answer, shown));
        for (int step = 1; step <= shown; step++) {
            table = table.row(row(answer, step, heads.length, decimals));
        }
        return table;
    }

    private static double greatest(Answer answer, int steps) {
        double greatest = 0;
        for (int step = 1; step <= steps; step++) {
            greatest = Math.max(greatest, Math.abs(answer.future().mean(step)));
        }
        return greatest;
    }

    private static String[] row(Answer answer, int step, int cells, int decimals) {
        String[] row = new String[cells];
        row[0] = Figures.time(
                answer.source().series().time(answer.indexOf(step)),
                answer.source().step());
        row[1] = Figures.fixed(answer.future().mean(step), decimals);
        for (int band = 0; 2 * band + 3 < cells; band++) {
            double coverage = answer.question().coverages().get(band);
            row[2 + 2 * band] = Figures.fixed(answer.future().quantile(Question.low(coverage), step), decimals);
            row[3 + 2 * band] = Figures.fixed(answer.future().quantile(Question.high(coverage), step), decimals);
        }
        return row;
    }
}
