package io.foreshard.telemetry.recorder;

import io.foreshard.runtime.Checks;
import io.foreshard.telemetry.TelemetryCounters;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Configures a {@link TelemetryRecorder}. Not thread-safe. */
public final class TelemetryRecorderBuilder {

    private static final int MOST_WAITING = 1 << 20;
    private static final long FEWEST_BYTES = 1 << 12;
    private static final int MOST_FILES = 1 << 16;

    private final Path folder;
    private final Executor files;
    private final InstantSource clock;
    private int maxWaiting = 16_384;
    private long maxFileBytes = 64L << 20;
    private int maxFiles = 32;
    private TelemetryCounters counters = new TelemetryCounters();

    TelemetryRecorderBuilder(Path folder, Executor files, InstantSource clock) {
        this.folder = folder;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Sets how many observations may wait to be written; by default 16 384, about 2 MB.
     *
     * @param value 1…1 048 576
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public TelemetryRecorderBuilder maxWaiting(int value) {
        maxWaiting = Checks.inRange("maxWaiting", value, 1, MOST_WAITING);
        return this;
    }

    /**
     * Sets how long a file may become before the next is begun; by default 64 MiB, some 700 000 observations.
     *
     * @param value at least 4096
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public TelemetryRecorderBuilder maxFileBytes(long value) {
        maxFileBytes = Checks.inRange("maxFileBytes", value, FEWEST_BYTES, Long.MAX_VALUE);
        return this;
    }

    /**
     * Sets how many files are kept; by default 32. When one is begun, the oldest beyond that are deleted.
     *
     * @param value 1…65 536
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public TelemetryRecorderBuilder maxFiles(int value) {
        maxFiles = Checks.inRange("maxFiles", value, 1, MOST_FILES);
        return this;
    }

    /**
     * Sets what counts; by default counters of its own.
     *
     * @param value may be shared with other sources
     * @return this
     */
    public TelemetryRecorderBuilder counters(TelemetryCounters value) {
        counters = value;
        return this;
    }

    /** {@return a recorder, which opens no file before it is told something} */
    public TelemetryRecorder build() {
        RecordFiles output = new RecordFiles(folder, maxFileBytes, maxFiles);
        return new DefaultTelemetryRecorder(output, files, clock, maxWaiting, counters);
    }
}
