package io.foreshard.telemetry.probe;

import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.time.InstantSource;

/** What the two builders for STAMP collect about time. */
final class StampTiming {

    /** What an unsynchronised clock is said to be off by at most; nobody should rely on it. */
    private static final Duration UNKNOWN_ERROR = Duration.ofHours(1);

    StampTimestampFormat format = StampTimestampFormat.NTP;
    InstantSource wallClock = SystemSurroundings.clock();
    private boolean synchronised;
    private long errorNanos = UNKNOWN_ERROR.toNanos();

    void synchronisedWithin(Duration error) {
        errorNanos = Checks.duration("synchronisedWithin", error, Duration.ofNanos(1), UNKNOWN_ERROR);
        synchronised = true;
    }

    StampClock clock(long nowNanos) {
        return new StampClock(format, ErrorEstimate.of(synchronised, format, errorNanos), wallClock, nowNanos);
    }
}
