package io.foreshard.telemetry.recorder;

import io.foreshard.telemetry.FixedStepSeries;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what a {@link TelemetryRecorder} wrote. Blocks: not for an event loop. Holds one line of a file at a time, so a file of any
 * length will do. Thread-safe.
 */
public final class TelemetryReader {

    private final Path folder;

    private TelemetryReader(Path folder) {
        this.folder = folder;
    }

    /**
     * {@return a reader of all files of a folder}
     *
     * @param folder where the recorder writes
     */
    public static TelemetryReader of(Path folder) {
        return new TelemetryReader(folder);
    }

    /**
     * Reads all observations, in the order in which they were written; those of a day that came again, as the clock was set back, before
     * those of later days.
     *
     * @param sink is given each
     * @return how many lines were unreadable and skipped
     * @throws IOException if the folder or a file cannot be read
     */
    public long forEach(Consumer<TelemetryRecord> sink) throws IOException {
        long unreadable = 0;
        for (Path file : RecordFiles.list(folder)) {
            unreadable += read(file, sink);
        }
        return unreadable;
    }

    /**
     * {@return of which destinations something was recorded, in the order of their text}
     *
     * @throws IOException if the folder or a file cannot be read
     */
    public Set<String> destinations() throws IOException {
        Set<String> destinations = new TreeSet<>();
        forEach(observation -> destinations.add(observation.destination()));
        return destinations;
    }

    /**
     * {@return the series of one fact, at most the newest steps; empty when nothing was recorded of it} The last step is the one of the
     * newest observation.
     *
     * @param destination as {@link #destinations} gives it
     * @param fact which fact
     * @param step length of a step, 1 µs … 366 days
     * @param maxSteps how many steps at most, 2…16 777 216; 20 bytes each
     * @throws IOException if the folder or a file cannot be read
     * @throws IllegalArgumentException if a value is outside its range
     */
    public RecordedSeries series(String destination, RecordedFact fact, Duration step, int maxSteps)
            throws IOException {
        FixedStepSeries series = new FixedStepSeries(step, maxSteps);
        forEach(observation -> {
            if (observation.destination().equals(destination)) {
                series.add(observation.epochNanos(), fact.of(observation));
            }
        });
        long stepNanos = series.stepNanos();
        // Not of the latest time ever recorded: the clock may have been set back since.
        long endNanos = series.newestStepNanos().orElse(-stepNanos) + stepNanos;
        double[] values = series.values(endNanos);
        return new RecordedSeries(endNanos - values.length * stepNanos, stepNanos, values);
    }

    private static long read(Path file, Consumer<TelemetryRecord> sink) throws IOException {
        long unreadable = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = next(lines); line != null; line = next(lines)) {
                TelemetryRecord observation = RecordFormat.read(line);
                if (observation != null) {
                    sink.accept(observation);
                } else if (!line.equals(RecordFormat.HEADER)) {
                    unreadable++;
                }
            }
        }
        return unreadable;
    }

    /** Returns the next line, cut off beyond what is readable, so that a file without an end of line takes no memory. */
    private static @Nullable String next(BufferedReader in) throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() <= RecordFormat.LONGEST_LINE) {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
