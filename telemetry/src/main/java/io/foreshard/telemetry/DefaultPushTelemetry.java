package io.foreshard.telemetry;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Checks what is pushed, keeps the newest of each destination and lets it age. */
final class DefaultPushTelemetry implements PushTelemetry {

    private final Freshness freshness;
    private final int seriesSteps;
    private final TelemetryCounters counters;
    private final TelemetryListener listener;
    private final Plausibility plausibility;
    private final DestinationTable<Held> table;

    DefaultPushTelemetry(
            Freshness freshness,
            int maxDestinations,
            int seriesSteps,
            TelemetryCounters counters,
            TelemetryListener listener) {
        this.freshness = freshness;
        this.seriesSteps = seriesSteps;
        this.counters = counters;
        this.listener = listener;
        plausibility = new Plausibility(freshness, counters);
        table = new DestinationTable<>(maxDestinations);
    }

    @Override
    public @Nullable PathSample latest(SocketAddress destination, long nowNanos) {
        Held held = table.find(destination);
        PathObservation path = held == null ? null : held.path;
        return path == null ? null : sample(path, nowNanos);
    }

    @Override
    public @Nullable NodeLoad latestLoad(SocketAddress destination, long nowNanos) {
        Held held = table.find(destination);
        LoadObservation load = held == null ? null : held.load;
        return load == null ? null : load(load, nowNanos);
    }

    @Override
    public boolean pushPath(SocketAddress destination, PathObservation observation, long nowNanos) {
        return pushPathTo(destination, observation, nowNanos);
    }

    @Override
    public boolean pushPath(AddressPrefix destinations, PathObservation observation, long nowNanos) {
        return pushPathTo(destinations, observation, nowNanos);
    }

    @Override
    public boolean pushLoad(SocketAddress destination, LoadObservation observation, long nowNanos) {
        return pushLoadTo(destination, observation, nowNanos);
    }

    @Override
    public boolean pushLoad(AddressPrefix destinations, LoadObservation observation, long nowNanos) {
        return pushLoadTo(destinations, observation, nowNanos);
    }

    @Override
    public double[] loadSeries(SocketAddress destination, LoadFact fact, long nowNanos) {
        Held held = table.find(destination);
        LoadSeries series = held == null ? null : held.series;
        return series == null ? new double[0] : series.values(fact, nowNanos);
    }

    @Override
    public TelemetryCounters counters() {
        return counters;
    }

    private boolean pushPathTo(Object key, PathObservation observation, long nowNanos) {
        PathObservation believed = plausibility.of(observation, nowNanos);
        Held held = believed == null ? null : held(key, nowNanos);
        if (believed == null || held == null || !held.offer(believed)) {
            return believed != null && held != null && late();
        }
        PathSample sample = sample(believed, nowNanos);
        if (sample != null) {
            tell(() -> listener.onPath(key, sample));
        }
        return true;
    }

    private boolean pushLoadTo(Object key, LoadObservation observation, long nowNanos) {
        LoadObservation believed = plausibility.of(observation, nowNanos);
        Held held = believed == null ? null : held(key, nowNanos);
        if (believed == null || held == null || !held.offer(believed, freshness, seriesSteps)) {
            return believed != null && held != null && late();
        }
        NodeLoad load = load(believed, nowNanos);
        if (load != null) {
            tell(() -> listener.onLoad(key, load));
        }
        return true;
    }

    private @Nullable Held held(Object key, long nowNanos) {
        Held held = table.get(key);
        if (held == null) {
            held = table.getOrAdd(key, Held::new, other -> other.isOver(freshness, nowNanos));
        }
        if (held == null) {
            counters.count(TelemetryReason.TABLE_FULL);
        }
        return held;
    }

    private boolean late() {
        counters.count(TelemetryReason.LATE);
        return false;
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (Exception | LinkageError failure) {
            // Foreign code: it may fail, the source may not.
            counters.count(TelemetryReason.LISTENER_FAILED);
        }
    }

    private @Nullable PathSample sample(PathObservation path, long nowNanos) {
        long ageNanos = Math.max(0, nowNanos - path.takenNanos());
        double confidence = freshness.confidence(path.confidence(), ageNanos);
        return confidence <= 0
                ? null
                : new PathSample(
                        path.roundTripNanos(), path.bandwidthBytesPerSecond(), path.lossRatio(), ageNanos, confidence);
    }

    private @Nullable NodeLoad load(LoadObservation load, long nowNanos) {
        long ageNanos = Math.max(0, nowNanos - load.takenNanos());
        double confidence = freshness.confidence(load.confidence(), ageNanos);
        return confidence <= 0 ? null : new NodeLoad(load.cpu(), load.memory(), load.network(), ageNanos, confidence);
    }

    /** The newest of one destination. Written under its lock, read without. */
    private static final class Held {

        private volatile @Nullable PathObservation path;
        private volatile @Nullable LoadObservation load;
        private volatile @Nullable LoadSeries series;

        synchronized boolean offer(PathObservation newer) {
            PathObservation held = path;
            if (held != null && newer.takenNanos() < held.takenNanos()) {
                return false;
            }
            path = newer;
            return true;
        }

        synchronized boolean offer(LoadObservation newer, Freshness freshness, int seriesSteps) {
            LoadObservation held = load;
            if (held != null && newer.takenNanos() < held.takenNanos()) {
                return false;
            }
            load = newer;
            if (seriesSteps > 0) {
                series(freshness, seriesSteps).add(newer);
            }
            return true;
        }

        boolean isOver(Freshness freshness, long nowNanos) {
            PathObservation newestPath = path;
            LoadObservation newestLoad = load;
            return (newestPath == null || nowNanos - newestPath.takenNanos() >= freshness.lifeNanos())
                    && (newestLoad == null || nowNanos - newestLoad.takenNanos() >= freshness.lifeNanos());
        }

        private LoadSeries series(Freshness freshness, int steps) {
            LoadSeries present = series;
            if (present == null) {
                present = new LoadSeries(freshness.intervalNanos(), steps);
                series = present;
            }
            return present;
        }
    }
}
