package io.foreshard.examples.forecast;

import io.foreshard.forecast.series.Aggregation;
import io.foreshard.forecast.series.CsvSeries;
import io.foreshard.forecast.series.GriddedSeries;
import io.foreshard.forecast.series.RegularSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How series are read. */
final class SeriesOptions {

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "Column of the values, as in the header. Default: the second one.")
    private @Nullable String column;

    @Option(
            names = "--time-column",
            paramLabel = "NAME",
            description = "Column of the times, as in the header. Default: the first one.")
    private @Nullable String timeColumn;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Zone of times without an offset, such as Europe/Berlin. Default: UTC.")
    private ZoneId zone = ZoneOffset.UTC;

    @Option(
            names = "--step",
            paramLabel = "TIME",
            converter = Span.DurationConverter.class,
            description = {
                "Distance of the samples: 30s, 5m, 1h, 1d, PT5M. Samples within one step are averaged, so a longer one"
                        + " thins a series out. Default: the median distance."
            })
    private @Nullable Duration step;

    @Option(
            names = "--missing-as-zero",
            description = "Take steps without a sample as 0, as in a log that tells of events only.")
    private boolean missingAsZero;

    /** Filled by the command line. */
    SeriesOptions() {}

    /** Reads a file, which must have a sample with a value. */
    Source read(Path file, String name) throws IOException {
        GriddedSeries gridded = gridded(file, step);
        if (gridded.series().missing() == gridded.series().length()) {
            throw new IOException(file + ": no value in "
                    + Figures.count(gridded.report().samples(), "sample") + " (expected: at least one number)");
        }
        boolean thinned = step != null
                && 2L * gridded.report().duplicates() > gridded.report().samples();
        return thinned ? thinned(name, gridded(file, null), gridded) : filled(name, gridded, 1);
    }

    private GriddedSeries gridded(Path file, @Nullable Duration wantedStep) throws IOException {
        CsvSeries.Builder builder = CsvSeries.builder().zone(zone);
        if (column != null) {
            builder.valueColumn(column);
        }
        if (timeColumn != null) {
            builder.timeColumn(timeColumn);
        }
        if (wantedStep != null) {
            builder.step(wantedStep);
        }
        return builder.build().read(file);
    }

    /** Joins whole steps, from a round time on; samples that no such step fits are left to the grid. */
    private Source thinned(String name, GriddedSeries fine, GriddedSeries coarse) {
        RegularSeries series = fine.series();
        long fineNanos = series.stepNanos();
        long wantedNanos = coarse.series().stepNanos();
        long factor = wantedNanos / fineNanos;
        long offset = Math.floorMod(-series.startNanos(), wantedNanos) / fineNanos;
        if (wantedNanos % fineNanos != 0 || factor < 2 || offset + factor > series.length()) {
            return filled(name, coarse, 1);
        }
        return filled(
                name, new GriddedSeries(series.slice((int) offset, series.length()), fine.report()), (int) factor);
    }

    private Source filled(String name, GriddedSeries gridded, int joined) {
        RegularSeries read = missingAsZero ? gridded.series().withMissingAs(0) : gridded.series();
        return new Source(name, gridded, joined == 1 ? read : read.aggregate(joined, Aggregation.MEAN), joined);
    }
}
