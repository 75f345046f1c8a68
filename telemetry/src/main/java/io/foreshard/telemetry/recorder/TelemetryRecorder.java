package io.foreshard.telemetry.recorder;

import io.foreshard.telemetry.TelemetryCounters;
import io.foreshard.telemetry.TelemetryListener;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Writes the observations that it is told into files of comma-separated values, {@code telemetry-2026-11-21-0.csv} and so on: a new one
 * each day (UTC) and at a size, the oldest deleted beyond a number.
 *
 * <p>Telling returns at once, on any thread, and takes no lock: observations wait in a bounded queue; what finds it full is counted and
 * forgotten. The files are written on the executor handed in, by one task at a time. What a crash cuts off is a line that reading skips.
 */
public interface TelemetryRecorder extends TelemetryListener {

    /**
     * {@return a builder with the defaults}
     *
     * @param folder where the files are; made if it is not there
     * @param files writes; not an event loop
     * @param clock tells the time of day
     */
    static TelemetryRecorderBuilder builder(Path folder, Executor files, InstantSource clock) {
        return new TelemetryRecorderBuilder(folder, files, clock);
    }

    /** {@return a future that is done when all that was told before is written or counted as dropped} Any thread. */
    CompletableFuture<Void> flush();

    /**
     * {@return a future that is done when what waits is written and the file closed; nothing more is taken} It fails when the executor
     * refuses the work, as one that was shut down before: then the file is still open, and this may be called again. Any thread.
     */
    CompletableFuture<Void> close();

    /** {@return what was dropped, counted by reason} */
    TelemetryCounters counters();
}
