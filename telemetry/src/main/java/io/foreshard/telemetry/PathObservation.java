package io.foreshard.telemetry;

/**
 * What somebody says of a path, before it is believed: nothing is checked here, {@link PushTelemetry} does it.
 *
 * @param roundTripNanos round-trip time in nanoseconds, above 0, or -1 when not known
 * @param bandwidthBytesPerSecond capacity that the path offers, or NaN when not known
 * @param lossRatio share of packets lost, 0…1, or NaN when not known
 * @param takenNanos when it was observed, on the clock with which it is asked for, in nanoseconds
 * @param confidence how far to trust it when it is new, 0…1
 */
public record PathObservation(
        long roundTripNanos, double bandwidthBytesPerSecond, double lossRatio, long takenNanos, double confidence) {}
