package io.foreshard.examples.forecast;

import io.foreshard.examples.report.ConsoleTable;
import io.foreshard.examples.report.Table;

/** The back-test of a folder for the terminal, and the tables that the page has too. */
final class FolderText {

    private static final int LONGEST_MODEL = 48;

    private FolderText() {}

    static String of(FolderAnswer answer) {
        StringBuilder out = new StringBuilder();
        if (!answer.series().isEmpty()) {
            out.append(ConsoleTable.render(series(answer)))
                    .append('\n')
                    .append(totals(answer))
                    .append('\n');
        }
        if (!answer.skipped().isEmpty()) {
            out.append(out.isEmpty() ? "" : "\n").append(ConsoleTable.render(skipped(answer)));
        }
        return out.toString();
    }

    static Table series(FolderAnswer answer) {
        Table table = Table.columns(
                        "series",
                        "steps",
                        "season",
                        "windows",
                        "automatic",
                        "online",
                        "naive",
                        "seasonal",
                        "ratio",
                        "coverage 95",
                        "CPU ms",
                        "model")
                .caption(
                        "MASE of each method; ratio: error of the automatic forecaster over that of the better naive one."
                                + " CPU: of the automatic forecaster over the whole series.");
        for (SeriesScore score : answer.series()) {
            table = table.row(
                    score.source().name(),
                    Integer.toString(score.source().series().length()),
                    score.choice().periods().isEmpty()
                            ? "–"
                            : Integer.toString(score.choice().season()),
                    score.plan().windows() + " × " + score.plan().horizonSteps(),
                    mase(score.chosen()),
                    mase(score.method(Methods.ONLINE)),
                    mase(score.method(Methods.NAIVE)),
                    mase(score.method(Methods.SEASONAL_NAIVE)),
                    Figures.fixed(score.ratio(), 3),
                    Figures.percent(score.chosen().coverage(), 1),
                    Figures.fixed(score.chosen().cpuMillis(), 0),
                    shortened(score.choice().description()));
        }
        return table;
    }

    private static String mase(MethodScore score) {
        return Figures.fixed(score.mase(), 3);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_MODEL ? text : text.substring(0, LONGEST_MODEL - 1) + "…";
    }

    static String totals(FolderAnswer answer) {
        String worst = answer.worst()
                .map(score -> ", worst " + Figures.fixed(score.ratio(), 3) + " ("
                        + score.source().name() + ")")
                .orElse("");
        return Figures.count(answer.series().size(), "file") + " back-tested: ratio "
                + Figures.fixed(answer.meanRatio(), 3)
                + " in the geometric mean" + worst + "; coverage " + Figures.percent(answer.meanCoverage(), 1)
                + " on average; " + Figures.fixed(answer.cpuMillis(), 0) + " ms of CPU.";
    }

    static Table skipped(FolderAnswer answer) {
        Table table = Table.columns("left out", "why");
        for (FolderAnswer.Skipped skipped : answer.skipped()) {
            table = table.row(skipped.name(), skipped.reason());
        }
        return table;
    }
}
