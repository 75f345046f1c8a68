package io.foreshard.transport;

import io.foreshard.runtime.SequenceWindow;
import io.foreshard.shardcodec.AckFrame;

/**
 * Which packets of one path have arrived, and when they are to be acknowledged: every {@value #PACKETS_PER_ACK} packets, at once on
 * a gap or when asked, and never later than {@link #MAX_ACK_DELAY_NANOS}. Confined to one event loop.
 */
final class AckState {

    static final long MAX_ACK_DELAY_NANOS = 2_000_000L;

    private static final int PACKETS_PER_ACK = 8;
    private static final int WINDOW = 4096;
    private static final int LOSS_SMOOTHING = 8;

    private final SequenceWindow received = new SequenceWindow(WINDOW);
    private final long[] low = new long[AckFrame.MAX_RANGES];
    private final long[] high = new long[AckFrame.MAX_RANGES];
    private long newestNanos;
    private int waiting;
    private boolean now;
    private long farAhead = Long.MIN_VALUE;
    private long dueNanos = Long.MAX_VALUE;
    private long arrivedSinceLook;
    private long highestAtLook;
    private double lossRatio;

    /**
     * Takes the number of a packet.
     *
     * @return false when it has arrived before, is too old to tell, or is alone far ahead of all others
     */
    boolean onPacket(long number, boolean ackEliciting, boolean ackNow, long nowNanos) {
        long highest = received.isEmpty() ? -1 : received.highest();
        if (number < 0 || isAlone(number, highest) || !received.tryMark(number)) {
            return false;
        }
        if (number - highest > 0) {
            newestNanos = nowNanos;
        }
        arrivedSinceLook++;
        if (ackEliciting) {
            waiting++;
            now |= ackNow || number - highest != 1 || waiting >= PACKETS_PER_ACK;
            dueNanos = Math.min(dueNanos, nowNanos + MAX_ACK_DELAY_NANOS);
        }
        return true;
    }

    /**
     * Returns whether a number is so far ahead that what is under way would become too old to tell, and the first such: one forged
     * packet must not do that, and after an outage an honest sender's next number confirms the one before.
     */
    private boolean isAlone(long number, long highest) {
        if (number - highest <= WINDOW) {
            return false;
        }
        boolean confirmed = number - farAhead > 0 && number - farAhead <= WINDOW;
        farAhead = number;
        return !confirmed;
    }

    /**
     * Returns the share of packets that were lost on their way here, smoothed over calls: numbers are dense, so the gaps in them tell.
     */
    double lossRatio() {
        long sent = received.isEmpty() ? 0 : received.highest() - highestAtLook;
        if (sent > 0) {
            double seen = Math.max(0, 1 - (double) arrivedSinceLook / sent);
            lossRatio += (seen - lossRatio) / LOSS_SMOOTHING;
            highestAtLook = received.highest();
            arrivedSinceLook = 0;
        }
        return lossRatio;
    }

    /** Asks for an acknowledgement as soon as the packets at hand are read. */
    void hurry() {
        now = true;
    }

    boolean isDue(long nowNanos) {
        return !received.isEmpty() && (now || dueNanos - nowNanos <= 0);
    }

    /** Returns when an acknowledgement is due, or {@link Long#MAX_VALUE}. */
    long dueNanos() {
        return dueNanos;
    }

    /** Starts an ACK of at most a length with the numbers that arrived. */
    void fill(AckFrame frame, int bodyBytes, long creditBytes, int creditMessages, long nowNanos) {
        frame.reset((nowNanos - newestNanos) / 1_000, (int) (newestNanos / 1_000), creditBytes, creditMessages);
        frame.limitTo(bodyBytes);
        int ranges = received.collectRanges(low, high, AckFrame.MAX_RANGES);
        for (int i = 0; i < ranges; i++) {
            if (!frame.addRange(low[i], high[i])) {
                break;
            }
        }
    }

    void onAckSent() {
        waiting = 0;
        now = false;
        dueNanos = Long.MAX_VALUE;
    }
}
