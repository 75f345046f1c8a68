package io.foreshard.telemetry;

/**
 * What somebody says of a server's load, before it is believed: nothing is checked here, {@link PushTelemetry} does it.
 *
 * @param cpu share of its processors in use, 0…1, or NaN when not known
 * @param memory share of its memory that is not available to programs, 0…1, or NaN when not known
 * @param network share of its network capacity in use, the busier direction, 0…1, or NaN when not known
 * @param takenNanos when it was observed, on the clock with which it is asked for, in nanoseconds
 * @param confidence how far to trust it when it is new, 0…1
 */
public record LoadObservation(double cpu, double memory, double network, long takenNanos, double confidence) {}
