package io.foreshard.telemetry;

import io.foreshard.runtime.WindowedMax;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one meter saw. One thread writes; others read what was published, without locks: each number is whole, and a round trip belongs to its
 * time, as a slot has no time while it is written.
 */
final class MeterState {

    static final long UNKNOWN = -1;

    // Stands for the time of a slot that is empty or being written.
    private static final long NO_TIME = Long.MIN_VALUE;
    private static final int ATTEMPTS = 4;

    private static final double BASELINE_UP = 0.001;
    private static final double BASELINE_DOWN = 0.9;
    private static final double JITTER_SMOOTHING = 1.0 / 16;
    private static final int RATE_STRETCHES = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int capacity;
    private final long stretchNanos;
    private final AtomicLongArray roundTrips;
    private final AtomicLongArray times;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong latestNanos = new AtomicLong(UNKNOWN);
    private final AtomicLong baselineNanos = new AtomicLong(UNKNOWN);
    private final AtomicLong jitterNanos = new AtomicLong();
    private final AtomicLong bytesPerSecond = new AtomicLong(UNKNOWN);
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicLong newestNanos;
    private final AtomicLong newestRoundTripNanos;
    private final AtomicLong newestRateNanos;

    // Below, only the writer looks.
    private final LossWindow losses;
    private final WindowedMax rate;
    private double baseline = Double.NaN;
    private double jitter;
    private long previousNanos;
    private long stretchBytes;
    private long stretchBeganNanos;
    private boolean countsPackets;

    MeterState(int capacity, long windowNanos, long nowNanos) {
        this.capacity = capacity;
        roundTrips = new AtomicLongArray(capacity);
        times = new AtomicLongArray(capacity);
        for (int slot = 0; slot < capacity; slot++) {
            times.setPlain(slot, NO_TIME);
        }
        losses = new LossWindow(windowNanos, nowNanos);
        rate = new WindowedMax(windowNanos);
        stretchNanos = Math.max(1, windowNanos / RATE_STRETCHES);
        newestNanos = new AtomicLong(nowNanos);
        newestRoundTripNanos = new AtomicLong(nowNanos);
        newestRateNanos = new AtomicLong(nowNanos);
        stretchBeganNanos = nowNanos;
    }

    void roundTrip(long nanos, long nowNanos) {
        if (Double.isNaN(baseline)) {
            baseline = nanos;
        } else {
            baseline += (nanos > baseline ? BASELINE_UP : BASELINE_DOWN) * (nanos - baseline);
            jitter += JITTER_SMOOTHING * (Math.abs(nanos - previousNanos) - jitter);
        }
        previousNanos = nanos;
        latestNanos.setRelease(nanos);
        baselineNanos.setRelease((long) baseline);
        jitterNanos.setRelease((long) jitter);
        keep(nanos, nowNanos);
        newestRoundTripNanos.setRelease(nowNanos);
        if (!countsPackets) {
            losses.add(1, 0, nowNanos);
        }
        publish(nowNanos);
    }

    void delivered(long packets, long bytes, boolean backlogged, long nowNanos) {
        if (!countsPackets) {
            countsPackets = true;
            losses.forgetArrivals();
        }
        losses.add(packets, 0, nowNanos);
        measure(bytes, backlogged, nowNanos);
        publish(nowNanos);
    }

    void lost(long packets, long nowNanos) {
        losses.add(0, packets, nowNanos);
        publish(nowNanos);
    }

    /** Copies the round trips since a time and returns the index behind the last. Any thread. */
    int copy(long[] into, int from, long sinceNanos) {
        int to = from;
        for (int slot = 0; slot < capacity; slot++) {
            to += copySlot(slot, into, to, sinceNanos);
        }
        return to;
    }

    /** Returns how many round trips were copied. */
    private int copySlot(int slot, long[] into, int to, long sinceNanos) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long time = times.getAcquire(slot);
            long roundTrip = roundTrips.getAcquire(slot);
            if (time != NO_TIME && time == times.getAcquire(slot)) {
                into[to] = roundTrip;
                return time - sinceNanos >= 0 ? 1 : 0;
            }
        }
        return 0;
    }

    int capacity() {
        return capacity;
    }

    long samples() {
        return written.getAcquire();
    }

    /** Returns the latest round trip as it was, {@link #UNKNOWN} before the first. */
    long latestNanos() {
        return latestNanos.getAcquire();
    }

    long baselineNanos() {
        return baselineNanos.getAcquire();
    }

    long jitterNanos() {
        return jitterNanos.getAcquire();
    }

    /** Returns the delivery rate if it was measured since a time, else {@link #UNKNOWN}. */
    long bytesPerSecond(long sinceNanos) {
        return newestRateNanos.getAcquire() - sinceNanos >= 0 ? bytesPerSecond.getAcquire() : UNKNOWN;
    }

    long lost() {
        return lost.getAcquire();
    }

    long arrived() {
        return arrived.getAcquire();
    }

    long newestNanos() {
        return newestNanos.getAcquire();
    }

    long newestRoundTripNanos() {
        return newestRoundTripNanos.getAcquire();
    }

    /** Ends a stretch when it is long enough. One in which the sender paused says nothing and starts anew. */
    private void measure(long bytes, boolean backlogged, long nowNanos) {
        if (!backlogged) {
            startStretch(nowNanos);
            return;
        }
        stretchBytes += bytes;
        long elapsedNanos = nowNanos - stretchBeganNanos;
        if (elapsedNanos >= stretchNanos) {
            rate.update(nowNanos, (long) (stretchBytes * NANOS_PER_SECOND / elapsedNanos));
            bytesPerSecond.setRelease(rate.get());
            newestRateNanos.setRelease(nowNanos);
            startStretch(nowNanos);
        }
    }

    private void startStretch(long nowNanos) {
        stretchBytes = 0;
        stretchBeganNanos = nowNanos;
    }

    private void keep(long nanos, long nowNanos) {
        long next = written.getPlain();
        int slot = (int) (next % capacity);
        // A volatile write: what follows must not be seen before it.
        times.set(slot, NO_TIME);
        roundTrips.setRelease(slot, nanos);
        times.setRelease(slot, nowNanos);
        written.setRelease(next + 1);
    }

    private void publish(long nowNanos) {
        lost.setRelease(losses.lost());
        arrived.setRelease(losses.arrived());
        newestNanos.setRelease(nowNanos);
    }
}
