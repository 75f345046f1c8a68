package io.foreshard.telemetry.recorder;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.telemetry.TelemetryCounters;
import io.foreshard.telemetry.TelemetryReason;
import io.foreshard.telemetry.recorder.TelemetryRecord.OfLoad;
import io.foreshard.telemetry.recorder.TelemetryRecord.OfPath;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Queues what it is told; a task writes the queue out and ends when it is empty. */
final class DefaultTelemetryRecorder implements TelemetryRecorder {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final RecordFiles output;
    private final Executor files;
    private final InstantSource clock;
    private final int maxWaiting;
    private final TelemetryCounters counters;
    private final Queue<Object> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean closed;
    // Only the task that writes looks.
    private boolean over;

    /**
     * Stands in the queue where somebody waits.
     *
     * @param done completed when it is reached
     * @param close whether the file is closed then
     */
    private record Marker(CompletableFuture<Void> done, boolean close) {}

    DefaultTelemetryRecorder(
            RecordFiles output, Executor files, InstantSource clock, int maxWaiting, TelemetryCounters counters) {
        this.output = output;
        this.files = files;
        this.clock = clock;
        this.maxWaiting = maxWaiting;
        this.counters = counters;
    }

    @Override
    public void onPath(Object destination, PathSample sample) {
        PathSample fresh = new PathSample(
                sample.latencyNanos(), sample.bandwidthBytesPerSecond(), sample.lossRatio(), 0, sample.confidence());
        offer(new OfPath(epochNanos(sample.ageNanos()), RecordFormat.text(destination), fresh));
    }

    @Override
    public void onLoad(Object destination, NodeLoad load) {
        NodeLoad fresh = new NodeLoad(load.cpu(), load.memory(), load.network(), 0, load.confidence());
        offer(new OfLoad(epochNanos(load.ageNanos()), RecordFormat.text(destination), fresh));
    }

    @Override
    public CompletableFuture<Void> flush() {
        return mark(false);
    }

    @Override
    public CompletableFuture<Void> close() {
        closed = true;
        return mark(true);
    }

    @Override
    public TelemetryCounters counters() {
        return counters;
    }

    private long epochNanos(long ageNanos) {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - ageNanos;
    }

    private void offer(TelemetryRecord observation) {
        if (waiting.incrementAndGet() <= maxWaiting && !closed) {
            queue.add(observation);
            schedule();
        } else {
            waiting.decrementAndGet();
            counters.count(TelemetryReason.RECORD_DROPPED);
        }
    }

    private CompletableFuture<Void> mark(boolean close) {
        Marker marker = new Marker(new CompletableFuture<>(), close);
        queue.add(marker);
        schedule();
        return marker.done();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                files.execute(this::drain);
            } catch (RejectedExecutionException full) {
                scheduled.set(false);
                dropAll(full);
            }
        }
    }

    private void drain() {
        for (Object next = queue.poll(); next != null; next = queue.poll()) {
            take(next);
        }
        attempt(output::flush);
        scheduled.set(false);
        if (!queue.isEmpty()) {
            // Something came between the last look and the end of this task.
            schedule();
        }
    }

    private void take(Object next) {
        if (next instanceof Marker marker) {
            over |= marker.close();
            attempt(over ? output::close : output::flush);
            marker.done().complete(null);
            return;
        }
        waiting.decrementAndGet();
        if (over) {
            counters.count(TelemetryReason.RECORD_DROPPED);
            return;
        }
        attempt(() -> output.write(RecordFormat.line((TelemetryRecord) next), clock.instant()));
    }

    private void dropAll(RejectedExecutionException full) {
        for (Object next = queue.poll(); next != null; next = queue.poll()) {
            if (next instanceof Marker marker) {
                refuse(marker, full);
            } else {
                waiting.decrementAndGet();
                counters.count(TelemetryReason.RECORD_DROPPED);
            }
        }
    }

    /** All that was told is dropped by now, which is all that flushing promises; but a file that is open stays so. */
    private static void refuse(Marker marker, RejectedExecutionException full) {
        if (marker.close()) {
            marker.done().completeExceptionally(full);
        } else {
            marker.done().complete(null);
        }
    }

    private void attempt(Output action) {
        try {
            action.run();
        } catch (IOException | RuntimeException failure) {
            counters.count(TelemetryReason.RECORD_FAILED);
            closeQuietly();
        }
    }

    /** The next write begins a new file, perhaps with more luck. */
    private void closeQuietly() {
        try {
            output.close();
        } catch (IOException alsoFailed) {
            counters.count(TelemetryReason.RECORD_FAILED);
        }
    }

    /** Something that is done to the files. */
    @FunctionalInterface
    private interface Output {
        void run() throws IOException;
    }
}
