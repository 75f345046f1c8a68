package io.foreshard.examples.gateway;

import io.foreshard.coreapi.PathSample;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.examples.harness.Cleanup;
import io.foreshard.telemetry.CombinedTelemetry;
import io.foreshard.telemetry.CombinedTelemetryBuilder;
import io.foreshard.telemetry.LoadObservation;
import io.foreshard.telemetry.PushTelemetry;
import io.foreshard.telemetry.probe.ConnectProbeBuilder;
import io.foreshard.telemetry.probe.PathProbe;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What is known of the paths and the servers: paths by how long a connection takes to open, or a small request where paths are relays;
 * servers by what they say of themselves, pushed.
 */
final class Sight {

    static final Duration PROBE_INTERVAL = Duration.ofMillis(20);

    private static final Duration LOAD_INTERVAL = Duration.ofMillis(250);
    private static final long PUSH_MILLIS = 100;

    private final Ticker ticker = Ticker.systemTicker();
    private final PushTelemetry loads =
            PushTelemetry.builder().interval(LOAD_INTERVAL).build();
    private final Map<InetSocketAddress, Long> leastNanos = new ConcurrentHashMap<>();
    private final CombinedTelemetry source;

    private Sight(TelemetrySource paths) {
        CombinedTelemetryBuilder sources = CombinedTelemetry.builder();
        source = sources.source("path", paths).source("server", loads).build();
    }

    static Sight open(EventLoopGroup group, List<Site> sites, Cleanup cleanup) {
        boolean kernel = sites.stream().allMatch(site -> site.way().isKernel());
        Sight sight = new Sight(kernel ? connecting(group, sites, cleanup) : PingProbe.start(group, sites, cleanup));
        EventLoop loop = group.next();
        loop.scheduleAtFixedRate(() -> sites.forEach(sight::pushLoad), PUSH_MILLIS, PUSH_MILLIS, TimeUnit.MILLISECONDS);
        return sight;
    }

    private static TelemetrySource connecting(EventLoopGroup group, List<Site> sites, Cleanup cleanup) {
        ConnectProbeBuilder builder = PathProbe.connect(group).interval(PROBE_INTERVAL);
        sites.forEach(site -> builder.destination(site.reached()));
        PathProbe probe = builder.start();
        cleanup.add(() -> probe.close().await(1, TimeUnit.SECONDS));
        return probe;
    }

    private void pushLoad(Site site) {
        double load = site.backend().load();
        if (!Double.isNaN(load)) {
            long now = ticker.nanoTime();
            loads.pushLoad(site.reached(), new LoadObservation(load, Double.NaN, Double.NaN, now, 1), now);
        }
    }

    /** Returns what the shaper asks. */
    TelemetrySource source() {
        return source;
    }

    /** Returns the latency of a path above the least ever seen, in seconds; NaN when not known. */
    double queueSeconds(Site site) {
        PathSample sample = source.latest(site.reached(), ticker.nanoTime());
        if (sample == null || !sample.hasLatency()) {
            return Double.NaN;
        }
        long least = leastNanos.merge(site.reached(), sample.latencyNanos(), Math::min);
        return (sample.latencyNanos() - least) / 1e9;
    }
}
