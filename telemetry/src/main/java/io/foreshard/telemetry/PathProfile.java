package io.foreshard.telemetry;

/**
 * What the recent round trips on a path looked like.
 *
 * @param minNanos the shortest, in nanoseconds
 * @param p50Nanos the median, in nanoseconds
 * @param p99Nanos the 99 % quantile, in nanoseconds
 * @param jitterNanos the smoothed difference of round trips that follow each other, in nanoseconds (RFC 3550, 6.4.1)
 * @param lossRatio share of probes without an answer, 0…1, or NaN when not known
 * @param samples how many answers it rests on, at least 1
 * @param ageNanos time since the newest answer, {@code >= 0}
 */
public record PathProfile(
        long minNanos, long p50Nanos, long p99Nanos, long jitterNanos, double lossRatio, int samples, long ageNanos) {}
