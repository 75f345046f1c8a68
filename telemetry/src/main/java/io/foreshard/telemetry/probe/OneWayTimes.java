package io.foreshard.telemetry.probe;

import org.jspecify.annotations.Nullable;

/** Compares one-way times that follow each other, on a clock here and one there whose offset is not known. Belongs to one loop. */
final class OneWayTimes {

    private static final int JITTER_SHARE = 16;
    /** How much faster than ours a clock that is slewed may run (RFC 5905, 11.3), twice, for both ends. */
    private static final double MAX_DRIFT = 1e-3;

    private boolean started;
    private long forthNanos;
    private long backNanos;
    private long roundTripNanos;
    private long atNanos;
    private volatile @Nullable OneWayJitter jitter;

    /** Takes the times of one answer. Returns whether they fit to those before; if not, one of the clocks was set. */
    boolean take(long forth, long back, long roundTrip, long nowNanos) {
        long changeForth = Math.abs(forth - forthNanos);
        long changeBack = Math.abs(back - backNanos);
        double possible = Math.max(roundTrip, roundTripNanos) + MAX_DRIFT * (nowNanos - atNanos);
        boolean fits = !started || (changeForth <= possible && changeBack <= possible);
        if (started && fits) {
            OneWayJitter before = jitter;
            jitter = before == null
                    ? new OneWayJitter(changeForth, changeBack)
                    : new OneWayJitter(
                            smooth(before.forthNanos(), changeForth), smooth(before.backNanos(), changeBack));
        }
        started = true;
        forthNanos = forth;
        backNanos = back;
        roundTripNanos = roundTrip;
        atNanos = nowNanos;
        return fits;
    }

    @Nullable
    OneWayJitter jitter() {
        return jitter;
    }

    private static long smooth(long jitterNanos, long changeNanos) {
        return jitterNanos + (changeNanos - jitterNanos) / JITTER_SHARE;
    }
}
