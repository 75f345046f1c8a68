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
 * @param gridded the series and the repairs
 */
record Source(String name, GriddedSeries gridded) {

    RegularSeries series() {
        return gridded.series();
    }

    Duration step() {
        return series().step();
    }

    /** How many steps have a sample. */
    int present() {
        return series().length() - series().missing();
    }

    String extent() {
        RegularSeries series = series();
        return Figures.count(series.length(), "step") + " of " + Figures.duration(step())
                + (gridded.report().stepInferred() ? " (inferred)" : "") + ", "
                + Figures.time(series.start(), step()) + " to "
                + Figures.time(series.time(series.length() - 1), step()) + " UTC";
    }

    /** What was repaired, in words, one repair each; empty when nothing was. */
    List<String> repairs() {
        IngestReport report = gridded.report();
        List<String> repairs = new ArrayList<>();
        if (report.missingSteps() > 0) {
            repairs.add(Figures.count(report.missingSteps(), "step") + " without a sample in "
                    + Figures.count(gaps(), "gap") + ", the longest of " + Figures.steps(longestGap(), step())
                    + ": skipped");
        }
        add(repairs, report.duplicates(), "sample", " in a step that had one already: averaged");
        add(repairs, report.unordered(), "sample", " out of order: sorted");
        add(repairs, report.notNumbers(), "value", " not a number: taken as missing");
        add(repairs, report.shifted(), "stamp", " off the grid: moved to the nearest step");
        if (report.jumps() > 0) {
            repairs.add(Figures.count(report.jumps(), "jump") + " of the clock: "
                    + Figures.count(report.dropped(), "sample") + " beyond left out");
        }
        return repairs;
    }

    private static void add(List<String> repairs, int count, String thing, String what) {
        if (count > 0) {
            repairs.add(Figures.count(count, thing) + what);
        }
    }

    int gaps() {
        int gaps = 0;
        for (int index = 0; index < series().length(); index++) {
            boolean begins =
                    Double.isNaN(series().value(index)) && (index == 0 || !Double.isNaN(series().value(index - 1)));
            gaps += begins ? 1 : 0;
        }
        return gaps;
    }

    int longestGap() {
        int longest = 0;
        int length = 0;
        for (int index = 0; index < series().length(); index++) {
            length = Double.isNaN(series().value(index)) ? length + 1 : 0;
            longest = Math.max(longest, length);
        }
        return longest;
    }
}
