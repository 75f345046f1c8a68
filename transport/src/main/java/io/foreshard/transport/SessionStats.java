package io.foreshard.transport;

/**
 * What a session has counted, over all of its paths, at one moment.
 *
 * @param sentPackets packets sent, acknowledgements included
 * @param sentBytes their bytes
 * @param repairedPackets shards sent more than once
 * @param repairedBytes their bytes
 * @param lostPackets packets found lost
 * @param smoothedRttNanos round-trip time of the primary path, smoothed
 * @param minRttNanos round-trip time without a queue
 * @param rateBytesPerSecond pace, summed over the paths in use; {@link Long#MAX_VALUE} over a stream, which needs none
 * @param windowBytes most bytes that may be in flight, summed likewise
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

    /** Sums over the paths; the round-trip time is the primary's. */
    static SessionStats of(SessionPaths paths, SendBuffer buffer) {
        Path primary = paths.primary().path;
        return new SessionStats(
                paths.sum(each -> each.path.sent.nextNumber()),
                paths.sum(each -> each.out.sentBytes()),
                paths.sum(SessionPath::repairedPackets),
                paths.sum(SessionPath::repairedBytes),
                paths.sum(each -> each.path.loss.lostPackets()),
                primary.rtt.smoothedNanos(),
                primary.rtt.minNanos(),
                paths.sum(each -> each.classes() == 0 ? 0 : each.path.rate.rateBytesPerSecond()),
                paths.sum(each -> each.classes() == 0 ? 0 : each.path.rate.windowBytes()),
                paths.sum(each -> each.path.sent.inFlightBytes()),
                buffer.pendingBytes());
    }
}
