package io.foreshard.flowshaper;

import java.util.List;

/**
 * What one part of a bottleneck, or all, did in some time.
 *
 * @param arrivedBytes offered
 * @param releasedBytes sent on
 * @param releasedPackets sent on
 * @param waitedNanos what these waited, together
 * @param backlogBytes what waits now
 */
record PartTotals(long arrivedBytes, long releasedBytes, long releasedPackets, long waitedNanos, long backlogBytes) {

    static final PartTotals NONE = new PartTotals(0, 0, 0, 0, 0);

    /** Takes the newest report of each part. */
    static PartTotals taken(List<BottleneckPart> parts) {
        PartTotals totals = NONE;
        for (BottleneckPart part : parts) {
            totals = totals.plus(part.takeReport());
        }
        return totals;
    }

    private PartTotals plus(PartTotals other) {
        return new PartTotals(
                arrivedBytes + other.arrivedBytes,
                releasedBytes + other.releasedBytes,
                releasedPackets + other.releasedPackets,
                waitedNanos + other.waitedNanos,
                backlogBytes + other.backlogBytes);
    }

    /** Returns what came on top of what was before; the backlog is that of now. */
    PartTotals minus(PartTotals before) {
        return new PartTotals(
                arrivedBytes - before.arrivedBytes,
                releasedBytes - before.releasedBytes,
                releasedPackets - before.releasedPackets,
                waitedNanos - before.waitedNanos,
                backlogBytes);
    }

    PartTotals withoutBacklog() {
        return new PartTotals(arrivedBytes, releasedBytes, releasedPackets, waitedNanos, 0);
    }
}
