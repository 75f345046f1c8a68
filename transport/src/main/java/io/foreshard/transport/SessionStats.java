package io.foreshard.transport;

/**
 * What a session has counted, at one moment.
 *
 * @param sentPackets packets sent, acknowledgements included
 * @param sentBytes their bytes
 * @param repairedPackets shards sent more than once
 * @param repairedBytes their bytes
 * @param lostPackets packets found lost
 * @param smoothedRttNanos round-trip time, smoothed
 * @param minRttNanos round-trip time without a queue
 * @param rateBytesPerSecond pace
 * @param windowBytes most bytes that may be in flight
 * @param inFlightBytes bytes in flight
 * @param pendingBytes bytes of messages that are not committed
 */
public record SessionStats(
        long sentPackets,
        long sentBytes,
        long repairedPackets,
        long repairedBytes,
        long lostPackets,
        long smoothedRttNanos,
        long minRttNanos,
        long rateBytesPerSecond,
        long windowBytes,
        long inFlightBytes,
        long pendingBytes) {

    static final SessionStats NONE = new SessionStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static SessionStats of(Path path, PacketOut out, Transmitter transmitter, SendBuffer buffer) {
        return new SessionStats(
                path.sent.nextNumber(),
                out.sentBytes(),
                transmitter.repairedPackets(),
                transmitter.repairedBytes(),
                path.loss.lostPackets(),
                path.rtt.smoothedNanos(),
                path.rtt.minNanos(),
                path.rate.rateBytesPerSecond(),
                path.rate.windowBytes(),
                path.sent.inFlightBytes(),
                buffer.pendingBytes());
    }
}
