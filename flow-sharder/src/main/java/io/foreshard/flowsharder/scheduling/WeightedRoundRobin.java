package io.foreshard.flowsharder.scheduling;

import io.foreshard.flowsharder.spi.LegsView;
import io.foreshard.flowsharder.spi.StreamScheduler;

/**
 * Legs take turns, each for as many bytes as its measured rate's share (deficit round robin, Shreedhar and Varghese, SIGCOMM 1995). A leg
 * without room is passed over, and its turn is lost.
 */
public final class WeightedRoundRobin implements StreamScheduler {

    private final double[] owedBytes = new double[LegsView.MOST];

    /** Makes a scheduler. */
    public WeightedRoundRobin() {}

    @Override
    public long pick(LegsView legs, int pieceBytes, long backlogBytes, long creditBytes) {
        double rates = 0;
        for (int leg = 0; leg < legs.size(); leg++) {
            rates += weight(legs, leg);
        }
        int best = -1;
        for (int leg = 0; leg < legs.size(); leg++) {
            boolean room = legs.roomBytes(leg) > 0;
            owedBytes[leg] = room ? owedBytes[leg] + pieceBytes * weight(legs, leg) / rates : 0;
            if (room && (best < 0 || owedBytes[leg] > owedBytes[best])) {
                best = leg;
            }
        }
        if (best < 0) {
            return WAIT;
        }
        owedBytes[best] -= pieceBytes;
        return 1L << best;
    }

    /** A leg of which nothing is known counts like a slow one. */
    private static double weight(LegsView legs, int leg) {
        return Math.max(1, legs.bytesPerSecond(leg));
    }
}
