package io.foreshard.flowsharder.scheduling;

import io.foreshard.flowsharder.spi.LegsView;
import io.foreshard.flowsharder.spi.StreamScheduler;

/**
 * The default: a piece goes over the leg on which it arrives soonest, and over a slower one only if it arrives there before the faster one
 * would have brought all that waits (ECF, Lim et al., CoNEXT 2017, by measured rates instead of windows), and if what the others bring
 * meanwhile fits into the credit (as {@link BlockingEstimation}). So a leg that would only hold the stream up gets nothing.
 */
public final class EarliestCompletionFirst implements StreamScheduler {

    /** Makes a scheduler. */
    public EarliestCompletionFirst() {}

    @Override
    public long pick(LegsView legs, int pieceBytes, long backlogBytes, long creditBytes) {
        int free = Arrival.soonest(legs, pieceBytes, true);
        if (free < 0) {
            return WAIT;
        }
        int fastest = Arrival.soonest(legs, pieceBytes, false);
        boolean worth = free == fastest || isWorth(legs, free, fastest, pieceBytes, backlogBytes, creditBytes);
        return worth ? 1L << free : WAIT;
    }

    private static boolean isWorth(
            LegsView legs, int slow, int fast, int pieceBytes, long backlogBytes, long creditBytes) {
        double slowNanos = Arrival.nanos(legs, slow, pieceBytes);
        double allByFast = Arrival.nanos(legs, fast, (double) pieceBytes + Math.min(backlogBytes, Integer.MAX_VALUE));
        return slowNanos <= allByFast && Arrival.fits(legs, slow, slowNanos, pieceBytes, creditBytes);
    }
}
