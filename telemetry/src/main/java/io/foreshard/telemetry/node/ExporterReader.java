package io.foreshard.telemetry.node;

import io.foreshard.telemetry.LoadObservation;
import io.foreshard.telemetry.TelemetryCounters;
import io.foreshard.telemetry.TelemetryReason;
import io.netty.util.concurrent.Ticker;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Scrapes the page of one node_exporter. */
final class ExporterReader implements LoadReader {

    private final HttpFetch fetch;
    private final HttpRequest request;
    private final Predicate<String> devices;
    private final NodeRates rates;
    private final TelemetryCounters counters;
    private final Ticker ticker;

    ExporterReader(
            HttpFetch fetch,
            HttpRequest request,
            NodeRatesSettings settings,
            TelemetryCounters counters,
            Ticker ticker) {
        this.fetch = fetch;
        this.request = request;
        this.counters = counters;
        this.ticker = ticker;
        devices = settings.devices();
        rates = new NodeRates(settings, counters);
    }

    @Override
    public CompletableFuture<@Nullable LoadObservation> read() {
        return fetch.fetch(request).thenApply(this::load);
    }

    private @Nullable LoadObservation load(String text) {
        long nowNanos = ticker.nanoTime();
        ExporterPage.Read page = ExporterPage.read(text, devices);
        if (page.malformed() > 0) {
            counters.count(TelemetryReason.MALFORMED);
        }
        return rates.next(page.counters(), nowNanos);
    }
}
