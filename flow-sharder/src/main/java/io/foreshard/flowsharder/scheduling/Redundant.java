package io.foreshard.flowsharder.scheduling;

import io.foreshard.flowsharder.spi.LegsView;
import io.foreshard.flowsharder.spi.StreamScheduler;

/** Each piece goes over every leg that has room: the first copy counts. For streams that are small and must not wait. */
public final class Redundant implements StreamScheduler {

    /** Makes a scheduler. */
    public Redundant() {}

    @Override
    public long pick(LegsView legs, int pieceBytes, long backlogBytes, long creditBytes) {
        long set = WAIT;
        for (int leg = 0; leg < legs.size(); leg++) {
            set |= legs.roomBytes(leg) > 0 ? 1L << leg : 0;
        }
        return set;
    }
}
