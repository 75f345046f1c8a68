package io.foreshard.forecast.series;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a series from a CSV file with one sample per line: a time and a value, by default the first two columns.
 *
 * <ul>
 *   <li><em>File</em>: UTF-8, plain or gzip (told by its first bytes), separated by commas, semicolons or tabs, cells may be quoted.
 *       A header line is optional; blank lines and lines that begin with {@code #} are left out.
 *   <li><em>Times</em>: ISO 8601 with or without offset, {@code yyyy-MM-dd HH:mm[:ss]}, {@code yyyy-MM-dd}, or numbers since the
 *       epoch, whose unit the first one tells by its magnitude (below 1e11 seconds, 1e14 milliseconds, 1e17 microseconds).
 *   <li><em>Values</em>: decimal numbers; an empty cell, {@code NaN}, {@code NA} and {@code null} are missing samples.
 * </ul>
 *
 * <p>The samples then go through a {@link SeriesGrid}. Immutable, safe for any thread; each call reads one file.
 */
public final class CsvSeries {

    private final @Nullable String timeColumn;
    private final @Nullable String valueColumn;
    private final ZoneId zone;
    private final @Nullable TimeUnit epochUnit;
    private final SeriesGrid.Builder grid;

    private CsvSeries(Builder builder) {
        timeColumn = builder.timeColumn;
        valueColumn = builder.valueColumn;
        zone = builder.zone;
        epochUnit = builder.epochUnit;
        grid = builder.grid.copy();
    }

    /** Returns a builder with the defaults: the first two columns, times without offset in UTC, step inferred. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a file with the defaults.
     *
     * @param file plain or gzip
     * @return the series and what was repaired
     * @throws SeriesFormatException if a line is not what was expected, or there is no sample
     * @throws IOException if the file cannot be read
     */
    public static GriddedSeries readFile(Path file) throws IOException {
        return builder().build().read(file);
    }

    /**
     * Reads a file.
     *
     * @param file plain or gzip
     * @return the series and what was repaired
     * @throws SeriesFormatException if a line is not what was expected, or there is no sample
     * @throws IOException if the file cannot be read
     */
    public GriddedSeries read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in);
        }
    }

    /**
     * Reads a stream to its end; the caller closes it.
     *
     * @param name what errors call the stream
     * @param in plain or gzip
     * @return the series and what was repaired
     * @throws SeriesFormatException if a line is not what was expected, or there is no sample
     * @throws IOException if the stream cannot be read
     */
    public GriddedSeries read(String name, InputStream in) throws IOException {
        CsvLines lines = new CsvLines(name, inflated(name, in));
        SeriesGrid samples = grid.build();
        CsvRow row = new CsvRow(lines, timeColumn, valueColumn, new TimeParser(zone, epochUnit));
        try {
            while (row.next()) {
                samples.add(row.timeNanos(), row.value());
            }
        } catch (ZipException e) {
            throw lines.failure("not gzip to its end (" + e.getMessage() + ")", e);
        } catch (IllegalArgumentException e) {
            throw lines.failure(String.valueOf(e.getMessage()), e);
        }
        return gridded(name, samples, row);
    }

    private static GriddedSeries gridded(String name, SeriesGrid samples, CsvRow row) throws SeriesFormatException {
        if (samples.samples() == 0) {
            throw new SeriesFormatException(
                    name,
                    0,
                    row.sawHeader()
                            ? "no samples after the header (expected: at least 1)"
                            : "empty (expected: samples)");
        }
        try {
            return samples.toSeries();
        } catch (IllegalArgumentException e) {
            SeriesFormatException failure = new SeriesFormatException(name, 0, String.valueOf(e.getMessage()));
            failure.initCause(e);
            throw failure;
        }
    }

    private static InputStream inflated(String name, InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        if (!gzip) {
            return buffered;
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(buffered, 1 << 14), 1 << 16);
        } catch (IOException e) {
            SeriesFormatException failure = new SeriesFormatException(name, 0, "begins like gzip but is not");
            failure.initCause(e);
            throw failure;
        }
    }

    /** Collects the settings of a {@link CsvSeries}. Each method checks its argument at once. */
    public static final class Builder {

        private @Nullable String timeColumn;
        private @Nullable String valueColumn;
        private ZoneId zone = ZoneOffset.UTC;
        private @Nullable TimeUnit epochUnit;
        private final SeriesGrid.Builder grid = SeriesGrid.builder();

        private Builder() {}

        /**
         * Sets the column of the times, default the first one.
         *
         * @param name as in the header, which the file then must have; case does not count
         * @return this
         */
        public Builder timeColumn(String name) {
            timeColumn = name;
            return this;
        }

        /**
         * Sets the column of the values, default the second one.
         *
         * @param name as in the header, which the file then must have; case does not count
         * @return this
         */
        public Builder valueColumn(String name) {
            valueColumn = name;
            return this;
        }

        /**
         * Sets the zone of times without offset, default UTC.
         *
         * @param value any zone
         * @return this
         */
        public Builder zone(ZoneId value) {
            zone = value;
            return this;
        }

        /**
         * Sets the unit of times that are plain numbers instead of guessing it.
         *
         * @param unit of the time since the epoch
         * @return this
         */
        public Builder epochUnit(TimeUnit unit) {
            epochUnit = unit;
            return this;
        }

        /**
         * Sets the step, see {@link SeriesGrid.Builder#step}.
         *
         * @param step above 0
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder step(Duration step) {
            grid.step(step);
            return this;
        }

        /**
         * Sets what a step gets into which several samples fall, see {@link SeriesGrid.Builder#duplicates}.
         *
         * @param policy mean or last
         * @return this
         */
        public Builder duplicates(Duplicates policy) {
            grid.duplicates(policy);
            return this;
        }

        /**
         * Sets the longest gap that is filled, see {@link SeriesGrid.Builder#maxGapSteps}.
         *
         * @param steps in [1, 20,000,000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxGapSteps(int steps) {
            grid.maxGapSteps(steps);
            return this;
        }

        /**
         * Sets how many samples are taken at most, see {@link SeriesGrid.Builder#maxSamples}.
         *
         * @param samples in [1, 100,000,000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxSamples(int samples) {
            grid.maxSamples(samples);
            return this;
        }

        /** Returns a reader. The builder can be used again. */
        public CsvSeries build() {
            return new CsvSeries(this);
        }
    }
}
