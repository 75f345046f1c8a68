package io.foreshard.examples.gateway;

import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.examples.harness.Cleanup;
import io.foreshard.telemetry.PathObservation;
import io.foreshard.telemetry.PushTelemetry;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Ticker;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks servers for an empty answer that keeps none of their workers busy, one request at a time. Through a relay, opening a connection
 * would not show the queue, because the relay itself accepts it.
 */
final class PingProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** One request at a time: a round trip through a full buffer takes longer than the time between them. */
    private static final Duration PATH_INTERVAL = Duration.ofMillis(100);

    private final PushTelemetry paths =
            PushTelemetry.builder().interval(PATH_INTERVAL).seriesSteps(0).build();
    private final Ticker ticker = Ticker.systemTicker();
    private final HttpClient client;
    private final EventLoop loop;
    private volatile boolean closed;

    private PingProbe(HttpClient client, EventLoop loop) {
        this.client = client;
        this.loop = loop;
    }

    static TelemetrySource start(EventLoopGroup group, List<Site> sites, Cleanup cleanup) {
        PingProbe probe = new PingProbe(HttpClients.make(cleanup), group.next());
        cleanup.add(() -> probe.closed = true);
        sites.forEach(probe::ping);
        return probe.paths;
    }

    private void ping(Site site) {
        if (closed) {
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(HttpClients.uri(site.reached(), "/ping"))
                .timeout(PATIENCE)
                .build();
        long startNanos = ticker.nanoTime();
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            long now = ticker.nanoTime();
            if (failure == null) {
                paths.pushPath(
                        site.reached(), new PathObservation(now - startNanos, Double.NaN, Double.NaN, now, 1), now);
            }
            if (!loop.isShuttingDown()) {
                loop.schedule(() -> ping(site), Sight.PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }
}
