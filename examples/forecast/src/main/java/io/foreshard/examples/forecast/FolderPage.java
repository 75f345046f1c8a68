package io.foreshard.examples.forecast;

import io.foreshard.examples.report.Plot;
import io.foreshard.examples.report.Report;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The back-test of a folder as a page. */
final class FolderPage {

    private FolderPage() {}

    static Report of(FolderAnswer answer) {
        Report report = Report.titled("Back-test of " + answer.folder())
                .subtitle(FolderText.totals(answer))
                .fact("Series", Integer.toString(answer.series().size()))
                .fact("Error over naive, mean", Figures.fixed(answer.meanRatio(), 3))
                .fact(
                        "Worst",
                        Figures.fixed(answer.worst().map(SeriesScore::ratio).orElse(Double.NaN), 3))
                .fact("Coverage 95 %", Figures.percent(answer.meanCoverage(), 1))
                .section("Series by series")
                .table(FolderText.figures(answer))
                .plot(errors(answer))
                .section("Models")
                .table(FolderText.models(answer));
        return answer.skipped().isEmpty() ? report : report.section("Left out").table(FolderText.skipped(answer));
    }

    /** Below the line the automatic forecaster is better. */
    private static Plot errors(FolderAnswer answer) {
        double[] reference = answer.series().stream()
                .mapToDouble(score -> score.chosen().mase() / score.ratio())
                .toArray();
        double[] automatic = answer.series().stream()
                .mapToDouble(score -> score.chosen().mase())
                .toArray();
        double[] ends = {least(reference, automatic), greatest(reference, automatic)};
        return Plot.titled("Error of the automatic forecaster against the better naive one")
                .caption("One point per series, both in MASE; below the line the automatic forecaster is better.")
                .xLabel("MASE, better of naive and seasonal naive")
                .yLabel("MASE, automatic")
                .xLogarithmic()
                .yLogarithmic()
                .line("equal", ends, ends)
                .points("series", reference, automatic);
    }

    private static double least(double[] one, double[] other) {
        return positive(one, other).min().orElse(1);
    }

    private static double greatest(double[] one, double[] other) {
        return positive(one, other).max().orElse(1);
    }

    private static DoubleStream positive(double[] one, double[] other) {
        return DoubleStream.concat(Arrays.stream(one), Arrays.stream(other))
                .filter(value -> value > 0 && Double.isFinite(value));
    }
}
