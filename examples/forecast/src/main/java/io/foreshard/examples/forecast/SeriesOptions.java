package io.foreshard.examples.forecast;

import io.foreshard.forecast.series.CsvSeries;
import io.foreshard.forecast.series.GriddedSeries;
import io.foreshard.forecast.series.IngestReport;
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
    Source read(Path file) throws IOException {
        CsvSeries.Builder builder = CsvSeries.builder().zone(zone);
        if (column != null) {
            builder.valueColumn(column);
        }
        if (timeColumn != null) {
            builder.timeColumn(timeColumn);
        }
        if (step != null) {
            builder.step(step);
        }
        GriddedSeries gridded = builder.build().read(file);
        String name = String.valueOf(file.getFileName());
        RegularSeries series = gridded.series();
        if (series.missing() == series.length()) {
            IngestReport report = gridded.report();
            throw new IOException(file + ": no value in " + Figures.count(report.samples(), "sample")
                    + " (expected: at least one number)");
        }
        return missingAsZero
                ? new Source(name, new GriddedSeries(series.withMissingAs(0), gridded.report()))
                : new Source(name, gridded);
    }
}
