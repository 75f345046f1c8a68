package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.PathSample;
import io.foreshard.telemetry.PathProfile;
import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks its probes; has no state of its own. */
final class DefaultTelemetryAgent implements TelemetryAgent {

    private static final double TRUSTED = 0.5;

    /** Tells of the end. */
    private final EventExecutor notifier;

    private final Map<ProbeKind, PathProbe> probes;
    private final @Nullable StampReflector reflector;

    DefaultTelemetryAgent(
            EventExecutor notifier, Map<ProbeKind, PathProbe> probes, @Nullable StampReflector reflector) {
        this.notifier = notifier;
        this.probes = Collections.unmodifiableMap(new EnumMap<>(probes));
        this.reflector = reflector;
    }

    @Override
    public @Nullable PathSample latest(SocketAddress destination, long nowNanos) {
        List<PathSample> known = new ArrayList<>();
        for (PathProbe probe : probes.values()) {
            PathSample sample = probe.latest(destination, nowNanos);
            if (sample != null) {
                known.add(sample);
            }
        }
        PathSample latency = preferred(known, PathSample::hasLatency);
        PathSample loss = preferred(known, sample -> !Double.isNaN(sample.lossRatio()));
        if (latency == null || loss == null) {
            return latency;
        }
        return new PathSample(
                latency.latencyNanos(), Double.NaN, loss.lossRatio(), latency.ageNanos(), latency.confidence());
    }

    private static @Nullable PathSample preferred(List<PathSample> inOrder, Predicate<PathSample> fits) {
        PathSample best = null;
        for (PathSample sample : inOrder) {
            if (!fits.test(sample)) {
                continue;
            }
            if (sample.confidence() >= TRUSTED) {
                return sample;
            }
            best = best == null || sample.confidence() > best.confidence() ? sample : best;
        }
        return best;
    }

    @Override
    public @Nullable PathProfile profile(SocketAddress destination, long nowNanos) {
        for (PathProbe probe : probes.values()) {
            PathProfile profile = probe.profile(destination, nowNanos);
            if (profile != null) {
                return profile;
            }
        }
        return null;
    }

    @Override
    public @Nullable HopReport hops(SocketAddress destination) {
        return probes.get(ProbeKind.HOPS) instanceof HopProbe hops ? hops.hops(destination) : null;
    }

    @Override
    public boolean watch(Channel channel) {
        return probes.get(ProbeKind.TCP_INFO) instanceof TcpInfoProbe info && info.watch(channel);
    }

    @Override
    public Map<ProbeKind, String> unavailable() {
        Map<ProbeKind, String> reasons = new EnumMap<>(ProbeKind.class);
        probes.forEach((kind, probe) -> {
            String reason = probe.unavailable();
            if (reason != null) {
                reasons.put(kind, reason);
            }
        });
        return Collections.unmodifiableMap(reasons);
    }

    @Override
    public @Nullable InetSocketAddress reflectorAddress() {
        return reflector == null ? null : reflector.localAddress();
    }

    @Override
    public Map<ProbeReason, Long> counters() {
        Map<ProbeReason, Long> sums = new EnumMap<>(ProbeReason.class);
        probes.values()
                .forEach(probe -> probe.counters().forEach((reason, count) -> sums.merge(reason, count, Long::sum)));
        if (reflector != null) {
            reflector.counters().forEach((reason, count) -> sums.merge(reason, count, Long::sum));
        }
        return Collections.unmodifiableMap(sums);
    }

    @Override
    public Future<Void> close() {
        List<Future<Void>> parts = new ArrayList<>();
        probes.values().forEach(probe -> parts.add(probe.close()));
        if (reflector != null) {
            parts.add(reflector.close());
        }
        Promise<Void> closed = notifier.newPromise();
        // One more than parts, for the end of this method: there may be none.
        AtomicInteger left = new AtomicInteger(parts.size() + 1);
        Runnable one = () -> {
            if (left.decrementAndGet() == 0) {
                closed.setSuccess(null);
            }
        };
        parts.forEach(part -> part.addListener(done -> one.run()));
        one.run();
        return closed;
    }
}
