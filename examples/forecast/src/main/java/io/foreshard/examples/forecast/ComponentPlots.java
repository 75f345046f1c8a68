package io.foreshard.examples.forecast;

import io.foreshard.examples.report.Plot;
import io.foreshard.examples.report.Report;
import io.foreshard.forecast.decomposition.Decomposition;
import io.foreshard.forecast.decomposition.Mstl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The series taken apart into trend, seasons and remainder. */
final class ComponentPlots {

    private static final int MOST_STEPS = 20_000;

    private ComponentPlots() {}

    static Report addTo(Report report, Answer answer) {
        int length = answer.source().series().length();
        int from = Math.max(0, length - MOST_STEPS);
        TimeAxis axis = new TimeAxis(answer.source().series());
        int[] periods =
                answer.choice().periods().stream().mapToInt(Integer::intValue).toArray();
        double[] samples = axis.values(from, length);
        if (Arrays.stream(samples).noneMatch(Double::isFinite)) {
            return report;
        }
        Decomposition parts = Mstl.builder(periods).build().decompose(samples);
        return report.section("Components")
                .paragraph("The series is the sum of a trend, the seasons and a remainder (multiple STL)."
                        + (from > 0 ? " Of the newest " + MOST_STEPS + " steps." : ""))
                .plotsOnOneAxis(
                        plots(axis, axis.seconds(from, length), samples, parts).toArray(new Plot[0]));
    }

    private static List<Plot> plots(TimeAxis axis, double[] xs, double[] samples, Decomposition parts) {
        List<Plot> plots = new ArrayList<>();
        plots.add(axis.plot("Measured, and the trend")
                .line("measured", xs, samples)
                .line("trend", xs, parts.trend()));
        int[] periods = parts.periods();
        for (int season = 0; season < periods.length; season++) {
            String name =
                    "season of " + Figures.steps(periods[season], axis.series().step());
            plots.add(axis.plot("Season of "
                            + Figures.steps(periods[season], axis.series().step()))
                    .line(name, xs, parts.seasonal(season)));
        }
        plots.add(axis.plot("Remainder").points("remainder", xs, parts.remainder()));
        return plots;
    }
}
