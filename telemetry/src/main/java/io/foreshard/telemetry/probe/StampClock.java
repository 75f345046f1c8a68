package io.foreshard.telemetry.probe;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that goes into STAMP packets. The wall clock is read once; from then on the loop's clock is added, so that a wall clock that
 * is set does not tear a measurement apart. Immutable, any thread.
 */
final class StampClock {

    private final StampTimestampFormat format;
    private final int errorEstimate;
    private final long offsetNanos;

    StampClock(StampTimestampFormat format, int errorEstimate, InstantSource wallClock, long nowNanos) {
        this.format = format;
        this.errorEstimate = errorEstimate;
        Instant start = wallClock.instant();
        offsetNanos = start.getEpochSecond() * 1_000_000_000L + start.getNano() - nowNanos;
    }

    long epochNanos(long nowNanos) {
        return nowNanos + offsetNanos;
    }

    long timestamp(long nowNanos) {
        return format.encode(epochNanos(nowNanos));
    }

    int errorEstimate() {
        return errorEstimate;
    }
}
