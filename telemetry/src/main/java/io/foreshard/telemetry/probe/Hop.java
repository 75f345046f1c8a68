package io.foreshard.telemetry.probe;

/**
 * One station of a path.
 *
 * @param number how many stations away, 1 for the first router
 * @param roundTripNanos time until it answered, in nanoseconds, or {@link #SILENT}
 */
public record Hop(int number, long roundTripNanos) {

    /** The value of {@link #roundTripNanos} when no answer came: many routers send none, or few. */
    public static final long SILENT = -1;
}
