package io.foreshard.examples.forecast;

import io.foreshard.examples.report.ConsoleTable;
import io.foreshard.examples.report.Table;
import java.util.Arrays;

/** The back-test of a folder for the terminal, and the tables that the page has too. */
final class FolderText {

    private static final int LONGEST_MODEL = 48;
    private static final String CAPTION =
            "MASE of each method. Ratio: the automatic forecaster's error over the better naive"
                    + " one's. CPU: the automatic forecaster over the whole series.";

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

    /** The figures and the models side by side, for a wide terminal. */
    private static Table series(FolderAnswer answer) {
        Table table = Table.columns(heads("model")).caption(CAPTION);
        for (SeriesScore score : answer.series()) {
            table = table.row(cells(score, shortened(score.choice().description())));
        }
        return table;
    }

    /** The figures alone. */
    static Table figures(FolderAnswer answer) {
        Table table = Table.columns(heads()).caption(CAPTION);
        for (SeriesScore score : answer.series()) {
            table = table.row(cells(score));
        }
        return table;
    }

    /** What was scored and the models in full. */
    static Table models(FolderAnswer answer) {
        Table table = Table.columns("series", "steps", "windows", "model before the first window");
        for (SeriesScore score : answer.series()) {
            table = table.row(
                    shortName(score),
                    Integer.toString(score.source().series().length()),
                    score.plan().windows() + " × " + score.plan().horizonSteps(),
                    score.choice().description());
        }
        return table;
    }

    private static String[] heads(String... more) {
        String[] heads = {
            "series", "season", "automatic", "online", "naive", "seasonal", "ratio", "coverage 95", "CPU ms"
        };
        return joined(heads, more);
    }

    private static String[] cells(SeriesScore score, String... more) {
        String[] cells = {
            shortName(score),
            score.choice().periods().isEmpty()
                    ? "–"
                    : Integer.toString(score.choice().season()),
            mase(score.chosen()),
            mase(score.method(Methods.ONLINE)),
            mase(score.method(Methods.NAIVE)),
            mase(score.method(Methods.SEASONAL_NAIVE)),
            Figures.fixed(score.ratio(), 3),
            Figures.percent(score.chosen().coverage(), 1),
            Figures.fixed(score.chosen().cpuMillis(), 0)
        };
        return joined(cells, more);
    }

    private static String[] joined(String[] first, String[] more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    /** The file without its ending, which all have. */
    private static String shortName(SeriesScore score) {
        return score.source().name().replaceFirst("(?i)\\.csv(\\.gz)?$", "");
    }

    private static String mase(MethodScore score) {
        return Figures.fixed(score.mase(), 3);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_MODEL ? text : text.substring(0, LONGEST_MODEL - 1) + "…";
    }

    static String totals(FolderAnswer answer) {
        String worst = answer.worst()
                .map(score -> ", worst " + Figures.fixed(score.ratio(), 3) + " (" + shortName(score) + ")")
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
