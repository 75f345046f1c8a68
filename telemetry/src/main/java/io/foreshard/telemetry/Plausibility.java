package io.foreshard.telemetry;

import io.foreshard.coreapi.PathSample;
import org.jspecify.annotations.Nullable;

/** Takes from an observation what can be true, and counts the rest. Stateless but for the counters, any thread. */
final class Plausibility {

    // What the rounding of a division of two counters read at different moments may add.
    private static final double ROUNDING = 0.01;
    private static final long LONGEST_ROUND_TRIP_NANOS = 3_600_000_000_000L;
    // A petabyte per second: no path is faster.
    private static final double FASTEST_BYTES_PER_SECOND = 1e15;

    private final Freshness freshness;
    private final TelemetryCounters counters;

    Plausibility(Freshness freshness, TelemetryCounters counters) {
        this.freshness = freshness;
        this.counters = counters;
    }

    /** Returns the observation without what cannot be, or null if nothing is left of it. */
    @Nullable
    LoadObservation of(LoadObservation raw, long nowNanos) {
        if (!isTimely(raw.takenNanos(), nowNanos)) {
            return null;
        }
        LoadObservation believed = new LoadObservation(
                share(raw.cpu()), share(raw.memory()), share(raw.network()), raw.takenNanos(), trust(raw.confidence()));
        boolean known =
                !Double.isNaN(believed.cpu()) || !Double.isNaN(believed.memory()) || !Double.isNaN(believed.network());
        return isWorth(known, believed.confidence()) ? believed : null;
    }

    /** Returns the observation without what cannot be, or null if nothing is left of it. */
    @Nullable
    PathObservation of(PathObservation raw, long nowNanos) {
        if (!isTimely(raw.takenNanos(), nowNanos)) {
            return null;
        }
        PathObservation believed = new PathObservation(
                roundTrip(raw.roundTripNanos()),
                bandwidth(raw.bandwidthBytesPerSecond()),
                share(raw.lossRatio()),
                raw.takenNanos(),
                trust(raw.confidence()));
        boolean known = believed.roundTripNanos() != PathSample.UNKNOWN_LATENCY
                || !Double.isNaN(believed.bandwidthBytesPerSecond())
                || !Double.isNaN(believed.lossRatio());
        return isWorth(known, believed.confidence()) ? believed : null;
    }

    private boolean isWorth(boolean known, double confidence) {
        if (known && confidence > 0) {
            return true;
        }
        counters.count(TelemetryReason.MISSING_FACT);
        return false;
    }

    private boolean isTimely(long takenNanos, long nowNanos) {
        long ageNanos = nowNanos - takenNanos;
        if (ageNanos >= freshness.lifeNanos()) {
            counters.count(TelemetryReason.STALE);
            return false;
        }
        if (ageNanos < -freshness.intervalNanos()) {
            counters.count(TelemetryReason.CLOCK_JUMP);
            return false;
        }
        return true;
    }

    private double share(double value) {
        if (Double.isNaN(value)) {
            return value;
        }
        return value >= -ROUNDING && value <= 1 + ROUNDING ? Math.max(0, Math.min(1, value)) : implausible();
    }

    private double bandwidth(double value) {
        return Double.isNaN(value) || (value >= 0 && value <= FASTEST_BYTES_PER_SECOND) ? value : implausible();
    }

    private long roundTrip(long nanos) {
        if (nanos == 0 || nanos < PathSample.UNKNOWN_LATENCY || nanos > LONGEST_ROUND_TRIP_NANOS) {
            counters.count(TelemetryReason.IMPLAUSIBLE);
            return PathSample.UNKNOWN_LATENCY;
        }
        return nanos;
    }

    private double trust(double confidence) {
        if (confidence >= 0 && confidence <= 1) {
            return confidence;
        }
        counters.count(TelemetryReason.IMPLAUSIBLE);
        return 0;
    }

    private double implausible() {
        counters.count(TelemetryReason.IMPLAUSIBLE);
        return Double.NaN;
    }
}
