package io.foreshard.telemetry.probe;

/**
 * How much the one-way times of a path differ, which needs no clocks that agree: what they differ by drops out.
 *
 * @param forthNanos smoothed difference of times towards the reflector that follow each other, in nanoseconds (RFC 3550, 6.4.1)
 * @param backNanos the same on the way back
 */
public record OneWayJitter(long forthNanos, long backNanos) {}
