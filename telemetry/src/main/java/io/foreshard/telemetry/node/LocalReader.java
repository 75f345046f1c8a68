package io.foreshard.telemetry.node;

import io.foreshard.telemetry.LoadObservation;
import io.foreshard.telemetry.TelemetryCounters;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Reads this host's files. */
final class LocalReader implements LoadReader {

    private final Executor files;
    private final ProcFiles proc;
    private final NodeRates rates;
    private final Ticker ticker;

    LocalReader(Executor files, Path root, NodeRatesSettings settings, TelemetryCounters counters, Ticker ticker) {
        this.files = files;
        this.ticker = ticker;
        proc = new ProcFiles(root, settings.devices());
        rates = new NodeRates(settings, counters);
    }

    @Override
    public CompletableFuture<@Nullable LoadObservation> read() {
        return CompletableFuture.supplyAsync(this::load, files);
    }

    private @Nullable LoadObservation load() {
        try {
            NodeCounters now = proc.read();
            return rates.next(now, ticker.nanoTime());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
