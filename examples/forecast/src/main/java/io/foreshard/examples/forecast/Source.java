package io.foreshard.examples.forecast;

import io.foreshard.forecast.series.GriddedSeries;
import io.foreshard.forecast.series.IngestReport;
import io.foreshard.forecast.series.RegularSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A series, where it came from, and what it took to read it.
 *
 * @param name file or what it is
 * @param gridded the series as read, and the repairs
 * @param series what is forecast
 * @param joined how many steps as read make one that is forecast
 */
record Source(String name, GriddedSeries gridded, RegularSeries series, int joined) {

    static Source of(String name, GriddedSeries gridded) {
        return new Source(name, gridded, gridded.series(), 1);
    }

    Duration step() {
        return series.step();
    }

    String extent() {
        boolean inferred = gridded.report().stepInferred() && joined == 1;
        return Figures.count(series.length(), "step") + " of " + Figures.duration(step())
                + (inferred ? " (inferred), " : ", ")
                + Figures.time(series.start(), step()) + " to "
                + Figures.time(series.time(series.length() - 1), step()) + " UTC";
    }

    /** What was repaired, in words, one repair each; empty when nothing was. */
    List<String> repairs() {
        IngestReport report = gridded.report();
        List<String> repairs = new ArrayList<>();
        if (report.missingSteps() > 0) {
            repairs.add(gaps(report.missingSteps()));
        }
        add(repairs, report.duplicates(), "sample", " in a step that had one already: averaged");
        add(repairs, report.unordered(), "sample", " out of order: sorted");
        add(repairs, report.notNumbers(), "value", " not a number: taken as missing");
        add(repairs, report.shifted(), "stamp", " off the grid: moved to the nearest step");
        if (report.jumps() > 0) {
            repairs.add(Figures.count(report.jumps(), "jump") + " of the clock: "
                    + Figures.count(report.dropped(), "sample") + " beyond left out");
        }
        if (joined > 1) {
            repairs.add(
                    joined + " steps of " + Figures.duration(gridded.series().step()) + " averaged into one");
        }
        return repairs;
    }

    private static void add(List<String> repairs, int count, String thing, String what) {
        if (count > 0) {
            repairs.add(Figures.count(count, thing) + what);
        }
    }

    private String gaps(int missingSteps) {
        RegularSeries read = gridded.series();
        int gaps = 0;
        int longest = 0;
        int length = 0;
        for (int index = 0; index < read.length(); index++) {
            length = Double.isNaN(read.value(index)) ? length + 1 : 0;
            longest = Math.max(longest, length);
            gaps += length == 1 ? 1 : 0;
        }
        return Figures.count(missingSteps, "step") + " without a sample in " + Figures.count(gaps, "gap")
                + ", the longest of " + Figures.steps(longest, read.step())
                + (series.missing() == 0 ? ": filled" : ": left out of what is learnt");
    }
}
