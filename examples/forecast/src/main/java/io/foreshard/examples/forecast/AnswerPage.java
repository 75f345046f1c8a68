package io.foreshard.examples.forecast;

import io.foreshard.coreapi.Forecast;
import io.foreshard.examples.report.Plot;
import io.foreshard.examples.report.Report;
import io.foreshard.examples.report.Table;
import java.util.Arrays;
import java.util.List;

/** The answer as a page. */
final class AnswerPage {

    private static final int PAGE_STEPS = 12;

    private AnswerPage() {}

    static Report of(Answer answer) {
        Report report = facts(answer)
                .section("Forecast")
                .plot(fan(answer))
                .table(AnswerText.forecast(answer, PAGE_STEPS))
                .section("The model, and why")
                .paragraph(answer.choice().description());
        if (!answer.choice().candidates().isEmpty()) {
            report = report.table(AnswerText.candidates(answer));
        }
        report = report.section("Accuracy in the back-test")
                .paragraph(AnswerText.verdict(answer))
                .table(AnswerText.accuracy(answer));
        if (answer.plan().windows() > 0) {
            report = report.plot(windows(answer));
        }
        report = ComponentPlots.addTo(report, answer);
        report = ResidualPlots.addTo(report, answer);
        return repairs(report, answer);
    }

    private static Report facts(Answer answer) {
        Report report = Report.titled("Forecast of " + answer.source().name())
                .subtitle(answer.source().extent())
                .fact(
                        "Horizon",
                        Figures.steps(
                                answer.question().horizonSteps(),
                                answer.source().step()))
                .fact("Seasons", AnswerText.seasons(answer));
        if (answer.scores().isEmpty()) {
            return report;
        }
        MethodScore chosen = answer.scores().get(0);
        return report.fact("MASE", Figures.fixed(chosen.mase(), 3))
                .fact("Coverage 95 %", Figures.percent(chosen.coverage(), 1));
    }

    private static Report repairs(Report report, Answer answer) {
        List<String> repairs = answer.source().repairs();
        Report page = report.section("What reading the series took");
        if (repairs.isEmpty()) {
            return page.paragraph("Nothing: the samples stand on a regular grid.");
        }
        Table table = Table.columns("repair");
        for (String repair : repairs) {
            table = table.row(repair);
        }
        return page.table(table);
    }

    private static Plot fan(Answer answer) {
        TimeAxis axis = new TimeAxis(answer.source().series());
        int length = answer.source().series().length();
        int horizon = answer.question().horizonSteps();
        int from = Math.max(
                0, length - Math.max(3 * horizon, Math.min(3 * answer.choice().season(), 6 * horizon)));
        Forecast future = answer.future();
        double[] xs = axis.seconds(length, length + horizon);
        Plot plot = axis.plot("The newest samples and what is expected next")
                .caption("Bands hold " + bands(answer) + " of what may come, as far as the past tells.");
        for (int band = answer.question().coverages().size() - 1; band >= 0; band--) {
            double coverage = answer.question().coverages().get(band);
            plot = plot.band("forecast", xs, at(future, Question.low(coverage)), at(future, Question.high(coverage)));
        }
        double[] means = new double[horizon];
        for (int step = 1; step <= horizon; step++) {
            means[step - 1] = future.mean(step);
        }
        return plot.line("forecast", xs, means).line("measured", axis.seconds(from, length), axis.values(from, length));
    }

    private static String bands(Answer answer) {
        return String.join(
                ", ",
                answer.question().coverages().stream()
                        .map(coverage -> Figures.percent(coverage, 1).replace(".0 %", " %"))
                        .toList());
    }

    private static double[] at(Forecast future, double level) {
        double[] values = new double[future.horizonSteps()];
        for (int step = 1; step <= values.length; step++) {
            values[step - 1] = future.quantile(level, step);
        }
        return values;
    }

    private static Plot windows(Answer answer) {
        TimeAxis axis = new TimeAxis(answer.source().series());
        Track track = answer.main().windows();
        int horizon = answer.question().horizonSteps();
        double[] xs = axis.seconds(track.index(0), track.index(0) + track.size());
        Plot plot = axis.plot("The windows of the back-test")
                .caption(
                        "Each window, " + Figures.steps(horizon, answer.source().step())
                                + " long, was forecast at its start; the band is that of 95 %.")
                .band(
                        "forecast",
                        apart(xs, horizon),
                        apart(track.low(Question.SCORED_COVERAGE), horizon),
                        apart(track.high(Question.SCORED_COVERAGE), horizon))
                .line("forecast", apart(xs, horizon), apart(track.mean(), horizon))
                .line("measured", xs, track.actual());
        String simple = answer.choice().periods().isEmpty() ? Methods.NAIVE : Methods.SEASONAL_NAIVE;
        return plot.line(
                simple, apart(xs, horizon), apart(answer.reference().windows().mean(), horizon));
    }

    /** The values with a gap after each window, as forecasts of two windows have nothing to do with each other. */
    private static double[] apart(double[] values, int window) {
        double[] spaced = new double[values.length + values.length / window];
        Arrays.fill(spaced, Double.NaN);
        for (int index = 0; index < values.length; index++) {
            spaced[index + index / window] = values[index];
        }
        return spaced;
    }
}
