package io.foreshard.flowsharder.scheduling;

import io.foreshard.flowsharder.spi.LegsView;
import io.foreshard.flowsharder.spi.StreamScheduler;

/** A piece goes over the leg of the shortest smoothed round trip that has room: what kernels do, for comparison. */
public final class LeastRoundTrip implements StreamScheduler {

    /** Makes a scheduler. */
    public LeastRoundTrip() {}

    @Override
    public long pick(LegsView legs, int pieceBytes, long backlogBytes, long creditBytes) {
        int best = -1;
        for (int leg = 0; leg < legs.size(); leg++) {
            boolean room = legs.roomBytes(leg) > 0;
            if (room && (best < 0 || legs.roundTripNanos(leg) < legs.roundTripNanos(best))) {
                best = leg;
            }
        }
        return best < 0 ? WAIT : 1L << best;
    }
}
