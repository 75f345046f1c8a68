package io.foreshard.telemetry;

import io.foreshard.coreapi.PathSample;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Keeps the meters of a bounded number of destinations. */
final class DefaultPathProfiles implements PathProfiles {

    private static final long LONGEST_ROUND_TRIP_NANOS = 3_600_000_000_000L;

    private final Freshness freshness;
    private final long windowNanos;
    private final int roundTrips;
    private final TelemetryCounters counters;
    private final DestinationTable<MeteredPath> table;

    DefaultPathProfiles(
            Freshness freshness, long windowNanos, int roundTrips, int maxDestinations, TelemetryCounters counters) {
        this.freshness = freshness;
        this.windowNanos = windowNanos;
        this.roundTrips = roundTrips;
        this.counters = counters;
        table = new DestinationTable<>(maxDestinations);
    }

    @Override
    public PathMeter meter(SocketAddress destination) {
        return new Meter(destination);
    }

    @Override
    public PathMeter meter(AddressPrefix destinations) {
        return new Meter(destinations);
    }

    @Override
    public @Nullable PathSample latest(SocketAddress destination, long nowNanos) {
        MeteredPath path = table.find(destination);
        return path == null ? null : path.sample(nowNanos);
    }

    @Override
    public @Nullable PathProfile profile(SocketAddress destination, long nowNanos) {
        MeteredPath path = table.find(destination);
        return path == null ? null : path.profile(nowNanos);
    }

    @Override
    public long baselineNanos(SocketAddress destination, long nowNanos) {
        MeteredPath path = table.find(destination);
        return path == null ? PathSample.UNKNOWN_LATENCY : path.baselineNanos(nowNanos);
    }

    @Override
    public TelemetryCounters counters() {
        return counters;
    }

    /** Has a place in the table from its first news on, and asks for one again after a silence, as it may have lost it. */
    private final class Meter implements PathMeter {

        private final Object key;
        private @Nullable MeterState state;
        private long placedNanos;

        Meter(Object key) {
            this.key = key;
        }

        @Override
        public void roundTrip(long nanos, long nowNanos) {
            if (nanos > 0 && nanos <= LONGEST_ROUND_TRIP_NANOS) {
                at(nowNanos).roundTrip(nanos, nowNanos);
            } else {
                counters.count(TelemetryReason.IMPLAUSIBLE);
            }
        }

        @Override
        public void delivered(long packets, long bytes, boolean backlogged, long nowNanos) {
            if (packets >= 0 && bytes >= 0) {
                at(nowNanos).delivered(packets, bytes, backlogged, nowNanos);
            } else {
                counters.count(TelemetryReason.IMPLAUSIBLE);
            }
        }

        @Override
        public void lost(long packets, long nowNanos) {
            if (packets >= 0) {
                at(nowNanos).lost(packets, nowNanos);
            } else {
                counters.count(TelemetryReason.IMPLAUSIBLE);
            }
        }

        private MeterState at(long nowNanos) {
            MeterState present = state;
            if (present == null || nowNanos - placedNanos >= freshness.intervalNanos()) {
                present = place(present, nowNanos);
            }
            return present;
        }

        /** Looks once in an interval whether the place is still there. */
        private MeterState place(@Nullable MeterState present, long nowNanos) {
            placedNanos = nowNanos;
            MeteredPath path = table.get(key);
            if (present != null && path != null && path.holds(present)) {
                return present;
            }
            MeterState meter = present != null ? present : new MeterState(roundTrips, windowNanos, nowNanos);
            if (path == null) {
                path = table.getOrAdd(
                        key, () -> new MeteredPath(freshness, windowNanos), other -> other.isOver(nowNanos));
            }
            if (path == null || !path.add(meter, nowNanos)) {
                counters.count(TelemetryReason.TABLE_FULL);
            }
            state = meter;
            return meter;
        }
    }
}
