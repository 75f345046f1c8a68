package io.foreshard.telemetry.probe;

/**
 * What the kernel says of one TCP connection (Linux {@code struct tcp_info}).
 *
 * @param roundTripNanos its smoothed round-trip time, in nanoseconds
 * @param variationNanos the smoothed mean deviation of the round trips, in nanoseconds
 * @param lostSegments segments that count as lost and have not been repaired
 * @param retransmittedSegments segments sent again since the connection opened
 * @param acknowledgedAgoNanos time since the newest acknowledgement, in nanoseconds, to the millisecond
 */
public record TcpPathInfo(
        long roundTripNanos,
        long variationNanos,
        long lostSegments,
        long retransmittedSegments,
        long acknowledgedAgoNanos) {}
