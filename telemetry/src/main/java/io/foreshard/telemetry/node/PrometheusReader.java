package io.foreshard.telemetry.node;

import io.foreshard.telemetry.LoadObservation;
import io.foreshard.telemetry.TelemetryCounters;
import io.foreshard.telemetry.TelemetryReason;
import io.netty.util.concurrent.Ticker;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks a Prometheus server the queries of one node, all at once; a fact whose query fails is unknown, the others are not. */
final class PrometheusReader implements LoadReader {

    private static final double NANOS_PER_SECOND = 1e9;
    // Two clocks are not involved: what is below this is not rounding but a clock that was set back.
    private static final double YOUNGEST_SECONDS = -1;

    private final HttpFetch fetch;
    private final TelemetryCounters counters;
    private final Ticker ticker;
    private final @Nullable HttpRequest cpu;
    private final @Nullable HttpRequest memory;
    private final @Nullable HttpRequest network;
    private final @Nullable HttpRequest age;

    PrometheusReader(
            HttpFetch fetch,
            HttpRequest.Builder request,
            NodeQueries queries,
            TelemetryCounters counters,
            Ticker ticker) {
        this.fetch = fetch;
        this.counters = counters;
        this.ticker = ticker;
        request.setHeader("Content-Type", "application/x-www-form-urlencoded");
        cpu = post(request, queries.cpu());
        memory = post(request, queries.memory());
        network = post(request, queries.network());
        age = post(request, queries.ageSeconds());
    }

    @Override
    public CompletableFuture<@Nullable LoadObservation> read() {
        CompletableFuture<Double> cpuShare = ask(cpu);
        CompletableFuture<Double> memoryShare = ask(memory);
        CompletableFuture<Double> networkShare = ask(network);
        CompletableFuture<Double> ageSeconds = age == null ? CompletableFuture.completedFuture(0.0) : ask(age);
        return CompletableFuture.allOf(cpuShare, memoryShare, networkShare, ageSeconds)
                .thenApply(all -> load(cpuShare.join(), memoryShare.join(), networkShare.join(), ageSeconds.join()));
    }

    private @Nullable LoadObservation load(double cpuShare, double memoryShare, double networkShare, double age) {
        if (age < YOUNGEST_SECONDS) {
            counters.count(TelemetryReason.CLOCK_JUMP);
            return null;
        }
        boolean nothing = Stream.of(cpuShare, memoryShare, networkShare).allMatch(share -> Double.isNaN(share));
        if (nothing || Double.isNaN(age)) {
            // Each query that failed was counted.
            return null;
        }
        long takenNanos = ticker.nanoTime() - (long) (Math.max(0, age) * NANOS_PER_SECOND);
        return new LoadObservation(cpuShare, memoryShare, networkShare, takenNanos, 1);
    }

    /** Asks for a fact, which is NaN if that fails. */
    private CompletableFuture<Double> ask(@Nullable HttpRequest request) {
        return request == null
                ? CompletableFuture.completedFuture(Double.NaN)
                : fetch.fetch(request).thenApply(this::value).exceptionally(this::unknown);
    }

    private double value(String text) {
        try {
            return counted(PromAnswer.value(text));
        } catch (AnswerException useless) {
            throw new CompletionException(useless);
        }
    }

    private double counted(double value) {
        if (Double.isNaN(value)) {
            counters.count(TelemetryReason.MISSING_FACT);
        }
        return value;
    }

    private double unknown(Throwable failure) {
        counters.count(AnswerException.reason(failure));
        return Double.NaN;
    }

    private static @Nullable HttpRequest post(HttpRequest.Builder request, @Nullable String query) {
        if (query == null) {
            return null;
        }
        String form = "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        return request.copy().POST(HttpRequest.BodyPublishers.ofString(form)).build();
    }
}
