package io.foreshard.flowshaper.control;

/**
 * What a server gets done, in bytes of what was let through to it: requests that succeeded, times the bytes let through for each outcome.
 * Not safe for use by several threads.
 */
final class ServedRate {

    /** Requests that are under way are in what was let through and not in the outcomes yet. */
    private static final double BYTES_WINDOW_NANOS = 10e9;

    private static final double RATE_WINDOW_NANOS = 250e6;
    private static final double LEAST_OUTCOMES = 20;

    private double bytes;
    private double outcomes;
    private double successesPerNano;
    private boolean told;

    void restart() {
        bytes = 0;
        outcomes = 0;
        successesPerNano = 0;
        told = false;
    }

    /** Takes a control step. */
    void step(long releasedBytes, long succeeded, long failed, long elapsedNanos) {
        told |= succeeded + failed > 0;
        if (!told) {
            return;
        }
        double keep = Math.exp(-elapsedNanos / BYTES_WINDOW_NANOS);
        bytes = keep * bytes + releasedBytes;
        outcomes = keep * outcomes + succeeded + failed;
        double share = -Math.expm1(-elapsedNanos / RATE_WINDOW_NANOS);
        successesPerNano += share * ((double) succeeded / elapsedNanos - successesPerNano);
    }

    /** Returns the rate, NaN where nobody tells outcomes or too few are known. */
    double bytesPerSecond() {
        return outcomes < LEAST_OUTCOMES ? Double.NaN : successesPerNano * 1e9 * bytes / outcomes;
    }
}
