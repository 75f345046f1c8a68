package io.foreshard.flowsharder.scheduling;

import io.foreshard.flowsharder.spi.LegsView;
import io.foreshard.flowsharder.spi.StreamScheduler;

/**
 * The default: a piece goes over the leg on which it arrives soonest, and over a slower one only if it arrives there before the faster one
 * would have brought all that waits (ECF, Lim et al., CoNEXT 2017, by measured rates instead of windows), and if what the others bring
 * meanwhile fits into the credit (BLEST, Ferlin et al., IFIP Networking 2016). So a leg that would only hold the stream up gets nothing.
 */
public final class EarliestCompletionFirst implements StreamScheduler {

    /** Makes a scheduler. */
    public EarliestCompletionFirst() {}

    @Override
    public long pick(LegsView legs, int pieceBytes, long backlogBytes, long creditBytes) {
        int fastest = -1;
        int free = -1;
        for (int leg = 0; leg < legs.size(); leg++) {
            if (fastest < 0 || arrival(legs, leg, pieceBytes) < arrival(legs, fastest, pieceBytes)) {
                fastest = leg;
            }
            if (legs.roomBytes(leg) > 0
                    && (free < 0 || arrival(legs, leg, pieceBytes) < arrival(legs, free, pieceBytes))) {
                free = leg;
            }
        }
        if (free < 0) {
            return WAIT;
        }
        boolean worth = free == fastest || isWorth(legs, free, fastest, pieceBytes, backlogBytes, creditBytes);
        return worth ? 1L << free : WAIT;
    }

    private static boolean isWorth(
            LegsView legs, int slow, int fast, int pieceBytes, long backlogBytes, long creditBytes) {
        double slowNanos = arrival(legs, slow, pieceBytes);
        double fastNanos = arrival(legs, fast, (double) pieceBytes + Math.min(backlogBytes, Integer.MAX_VALUE));
        if (slowNanos > fastNanos) {
            return false;
        }
        double meanwhile = 0;
        for (int leg = 0; leg < legs.size(); leg++) {
            meanwhile += leg == slow ? 0 : legs.bytesPerSecond(leg) * slowNanos / 1e9;
        }
        return meanwhile <= creditBytes - pieceBytes;
    }

    /** When the piece is there, from now: half a round trip would do, but the same for all. */
    private static double arrival(LegsView legs, int leg, double bytes) {
        double rate = legs.bytesPerSecond(leg);
        if (rate == 0 && legs.roomBytes(leg) <= 0) {
            return Double.MAX_VALUE;
        }
        double wait = rate > 0 ? (legs.inFlightBytes(leg) + bytes) * 1e9 / rate : 0;
        // What is under way arrives within a round trip whatever the rate, as long as it is less than fits into one.
        return Math.max(wait, (double) legs.leastRoundTripNanos(leg));
    }
}
