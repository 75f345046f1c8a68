package io.foreshard.flowsharder.scheduling;

import io.foreshard.flowsharder.spi.LegsView;
import io.foreshard.flowsharder.spi.StreamScheduler;

/**
 * A piece goes over the free leg on which it arrives soonest, unless what the faster ones bring meanwhile would not fit into the credit and
 * have to wait for it (BLEST, Ferlin et al., IFIP Networking 2016, by measured rates instead of windows).
 */
public final class BlockingEstimation implements StreamScheduler {

    /** Makes a scheduler. */
    public BlockingEstimation() {}

    @Override
    public long pick(LegsView legs, int pieceBytes, long backlogBytes, long creditBytes) {
        int free = Arrival.soonest(legs, pieceBytes, true);
        if (free < 0) {
            return WAIT;
        }
        int fastest = Arrival.soonest(legs, pieceBytes, false);
        double nanos = Arrival.nanos(legs, free, pieceBytes);
        boolean harmless = free == fastest || Arrival.fits(legs, free, nanos, pieceBytes, creditBytes);
        return harmless ? 1L << free : WAIT;
    }
}
