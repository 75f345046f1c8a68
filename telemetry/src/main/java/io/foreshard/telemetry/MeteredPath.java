package io.foreshard.telemetry;

import io.foreshard.coreapi.PathSample;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All meters of one destination, read as one. */
final class MeteredPath {

    private static final int MOST_METERS = 16;
    private static final double MEDIAN = 0.5;
    private static final double HIGH = 0.99;

    private final Freshness freshness;
    private final long windowNanos;
    private final List<MeterState> meters = new CopyOnWriteArrayList<>();

    MeteredPath(Freshness freshness, long windowNanos) {
        this.freshness = freshness;
        this.windowNanos = windowNanos;
    }

    /** Adds a meter, in the place of those that are silent, and returns whether there was room. */
    synchronized boolean add(MeterState meter, long nowNanos) {
        meters.removeIf(other -> isOver(other, nowNanos));
        return meters.size() < MOST_METERS && meters.add(meter);
    }

    boolean holds(MeterState meter) {
        return meters.contains(meter);
    }

    boolean isOver(long nowNanos) {
        return meters.stream().allMatch(meter -> isOver(meter, nowNanos));
    }

    @Nullable
    PathSample sample(long nowNanos) {
        MeterState newest = newest(nowNanos);
        if (newest == null) {
            return null;
        }
        boolean timed = newest.samples() > 0 && nowNanos - newest.newestRoundTripNanos() < freshness.lifeNanos();
        // As old as its round trip where it has one: news of arrivals alone make that no younger.
        long ageNanos = Math.max(0, nowNanos - (timed ? newest.newestRoundTripNanos() : newest.newestNanos()));
        double trust = freshness.confidence(trust(nowNanos), ageNanos);
        PathSample sample = new PathSample(
                timed ? newest.latestNanos() : PathSample.UNKNOWN_LATENCY,
                bandwidth(nowNanos),
                loss(nowNanos),
                ageNanos,
                trust);
        return trust > 0 ? sample : null;
    }

    @Nullable
    PathProfile profile(long nowNanos) {
        long[] roundTrips = roundTrips(nowNanos);
        MeterState newest = newest(nowNanos);
        if (roundTrips.length == 0 || newest == null) {
            return null;
        }
        return new PathProfile(
                roundTrips[0],
                quantile(roundTrips, MEDIAN),
                quantile(roundTrips, HIGH),
                newest.jitterNanos(),
                loss(nowNanos),
                roundTrips.length,
                Math.max(0, nowNanos - newest.newestRoundTripNanos()));
    }

    long baselineNanos(long nowNanos) {
        long lowest = PathSample.UNKNOWN_LATENCY;
        for (MeterState meter : meters) {
            long baseline = meter.baselineNanos();
            if (baseline >= 0 && !isOver(meter, nowNanos) && (lowest < 0 || baseline < lowest)) {
                lowest = baseline;
            }
        }
        return lowest;
    }

    /** Returns the meter with the newest round trip, or where there is none the one with the newest anything. */
    private @Nullable MeterState newest(long nowNanos) {
        MeterState newest = null;
        for (MeterState meter : meters) {
            if (!isOver(meter, nowNanos) && (newest == null || isNewer(meter, newest))) {
                newest = meter;
            }
        }
        return newest;
    }

    private static boolean isNewer(MeterState one, MeterState other) {
        if ((one.samples() > 0) != (other.samples() > 0)) {
            return one.samples() > 0;
        }
        return one.newestRoundTripNanos() - other.newestRoundTripNanos() > 0;
    }

    private boolean isOver(MeterState meter, long nowNanos) {
        return nowNanos - meter.newestNanos() >= freshness.lifeNanos();
    }

    private double trust(long nowNanos) {
        double things = 0;
        for (MeterState meter : meters) {
            things += isOver(meter, nowNanos) ? 0 : Math.max(meter.samples(), meter.arrived() + meter.lost());
        }
        return things / (things + 1);
    }

    private double bandwidth(long nowNanos) {
        double sum = Double.NaN;
        for (MeterState meter : meters) {
            long rate = meter.bytesPerSecond(nowNanos - windowNanos);
            if (rate >= 0 && !isOver(meter, nowNanos)) {
                sum = Double.isNaN(sum) ? rate : sum + rate;
            }
        }
        return sum;
    }

    private double loss(long nowNanos) {
        double lost = 0;
        double all = 0;
        for (MeterState meter : meters) {
            if (!isOver(meter, nowNanos)) {
                lost += meter.lost();
                all += meter.lost() + meter.arrived();
            }
        }
        return all == 0 ? Double.NaN : Math.min(1, lost / all);
    }

    private long[] roundTrips(long nowNanos) {
        Object[] present = meters.toArray();
        long[] all = new long
                [Arrays.stream(present)
                        .mapToInt(meter -> ((MeterState) meter).capacity())
                        .sum()];
        int end = 0;
        for (Object meter : present) {
            end = ((MeterState) meter).copy(all, end, nowNanos - windowNanos);
        }
        Arrays.sort(all, 0, end);
        return Arrays.copyOf(all, end);
    }

    /** Returns the nearest rank. */
    private static long quantile(long[] sorted, double level) {
        return sorted[(int) Math.ceil(level * sorted.length) - 1];
    }
}
