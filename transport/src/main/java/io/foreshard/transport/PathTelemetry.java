package io.foreshard.transport;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.coreapi.PathSample;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.runtime.ReasonCounters;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes one path once per planning interval and has its outlook renewed on the forecast executor. What our own traffic shows comes
 * first; an external source fills in what it does not show. Confined to one event loop.
 */
final class PathTelemetry {

    private static final Logger LOG = LoggerFactory.getLogger(PathTelemetry.class);
    private static final long MAX_SAMPLE_AGE_NANOS = 10_000_000_000L;

    private final Path path;
    private final PathForecast forecast;
    private final Executor executor;
    private final @Nullable TelemetrySource source;
    private final ReasonCounters<TransportReason> counters;
    private final OutlookListener listener;
    /** Asked whether outlooks are recorded; never recorded itself. */
    private final PathOutlookEvent probe = new PathOutlookEvent();

    private long lostBefore;
    private long ackedBefore;
    private volatile boolean running;
    private volatile boolean failed;

    PathTelemetry(
            Path path,
            PathForecast forecast,
            Executor executor,
            @Nullable TelemetrySource source,
            OutlookListener listener,
            ReasonCounters<TransportReason> counters) {
        this.path = path;
        this.forecast = forecast;
        this.executor = executor;
        this.source = source;
        this.listener = listener;
        this.counters = counters;
    }

    void onStep(long nowNanos) {
        if (failed) {
            failed = false;
            counters.count(TransportReason.TELEMETRY_FAILED);
        }
        if (!running) {
            observe(nowNanos);
        }
        long roundTripNanos = path.rtt.hasSample() ? path.rtt.minNanos() : 0;
        path.forward.onStep(forecast.guide(), roundTripNanos, nowNanos);
    }

    private void observe(long nowNanos) {
        PathSample outside = sample(nowNanos);
        long acked = path.loss.ackedPackets() - ackedBefore;
        long lost = path.loss.lostPackets() - lostBefore;
        ackedBefore += acked;
        lostBefore += lost;
        boolean active = acked + lost > 0;
        double seen = path.meter.sample(path.isOverdue(nowNanos), path.forward.expected(nowNanos));
        double capacity = !Double.isNaN(seen) || outside == null ? seen : outside.bandwidthBytesPerSecond();
        double rtt = active && path.rtt.hasSample() ? path.rtt.latestNanos() : latency(outside);
        double loss = active ? (double) lost / (acked + lost) : outside == null ? Double.NaN : outside.lossRatio();
        renew(nowNanos, capacity, rtt, loss);
    }

    private static double latency(@Nullable PathSample sample) {
        return sample == null || !sample.hasLatency() ? Double.NaN : sample.latencyNanos();
    }

    private @Nullable PathSample sample(long nowNanos) {
        if (source == null) {
            return null;
        }
        try {
            PathSample sample = source.latest(path.remote(), nowNanos);
            return sample == null || sample.ageNanos() > MAX_SAMPLE_AGE_NANOS || sample.confidence() == 0
                    ? null
                    : sample;
        } catch (RuntimeException fault) {
            LOG.debug("The telemetry source failed", fault);
            failed = true;
            return null;
        }
    }

    private void renew(long nowNanos, double capacity, double rtt, double loss) {
        long base = path.rtt.hasSample() ? path.rtt.minNanos() : 0;
        running = true;
        try {
            executor.execute(() -> look(nowNanos, capacity, rtt, loss, base));
        } catch (RuntimeException refused) {
            running = false;
            failed = true;
        }
    }

    private void look(long nowNanos, double capacity, double rtt, double loss, long base) {
        try {
            PathOutlook outlook = forecast.next(nowNanos, capacity, rtt, loss, base);
            path.publish(outlook);
            if (probe.isEnabled()) {
                PathOutlookEvent.emit(path.forward.gate().subject(), capacity, outlook, forecast.guide().scaledError);
            }
            listener.onOutlook(path.remote(), outlook, capacity);
        } catch (RuntimeException fault) {
            LOG.debug("The forecaster or an outlook listener failed", fault);
            failed = true;
        } finally {
            running = false;
        }
    }
}
