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
    private static final int SEASONS_SHOWN = 5;
    private static final int LEAST_SHOWN = 400;

    private final TimeAxis axis;
    private final int from;
    private final Decomposition parts;
    private final int shown;

    private ComponentPlots(TimeAxis axis, int from, int[] periods) {
        int length = axis.series().length();
        this.axis = axis;
        this.from = from;
        this.parts = Mstl.builder(periods).build().decompose(axis.values(from, length));
        int longest = Arrays.stream(parts.periods()).max().orElse(parts.length());
        this.shown = Math.min(parts.length(), Math.max(LEAST_SHOWN, SEASONS_SHOWN * longest));
    }

    static Report addTo(Report report, Answer answer) {
        TimeAxis axis = new TimeAxis(answer.source().series());
        int length = answer.source().series().length();
        int from = Math.max(0, length - MOST_STEPS);
        if (Arrays.stream(axis.values(from, length)).noneMatch(Double::isFinite)) {
            return report;
        }
        ComponentPlots plots = new ComponentPlots(axis, from, answer.choice().periodArray());
        return report.section("Components")
                .paragraph(
                        "The series is the sum of a trend, the seasons and a remainder (multiple STL); here of its newest "
                                + Figures.count(plots.shown, "step") + ".")
                .plotsOnOneAxis(plots.all().toArray(new Plot[0]));
    }

    private List<Plot> all() {
        int end = from + parts.length();
        double[] xs = axis.seconds(end - shown, end);
        List<Plot> plots = new ArrayList<>();
        plots.add(axis.plot("Measured, and the trend")
                .line("measured", xs, axis.values(end - shown, end))
                .line("trend", xs, newest(parts.trend())));
        int[] periods = parts.periods();
        for (int season = 0; season < periods.length; season++) {
            String name =
                    "season of " + Figures.steps(periods[season], axis.series().step());
            plots.add(axis.plot(name.replaceFirst("s", "S")).line(name, xs, newest(parts.seasonal(season))));
        }
        plots.add(axis.plot("Remainder").points("remainder", xs, newest(parts.remainder())));
        return plots;
    }

    private double[] newest(double[] values) {
        return Arrays.copyOfRange(values, values.length - shown, values.length);
    }
}
