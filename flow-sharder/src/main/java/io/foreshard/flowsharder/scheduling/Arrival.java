package io.foreshard.flowsharder.scheduling;

import io.foreshard.flowsharder.spi.LegsView;

/** When something arrives that is sent over a leg now, by what the leg was seen to pass. */
final class Arrival {

    private Arrival() {}

    /**
     * Returns the nanoseconds until so many bytes are acknowledged. What is under way arrives within a round trip whatever the rate, as long
     * as it is less than fits into one.
     */
    static double nanos(LegsView legs, int leg, double bytes) {
        double rate = legs.bytesPerSecond(leg);
        if (rate == 0 && legs.roomBytes(leg) <= 0) {
            return Double.MAX_VALUE;
        }
        double wait = rate > 0 ? (legs.inFlightBytes(leg) + bytes) * 1e9 / rate : 0;
        return Math.max(wait, (double) legs.leastRoundTripNanos(leg));
    }

    /** Returns the leg on which so many bytes arrive soonest, of those with room if wanted; -1 if there is none. */
    static int soonest(LegsView legs, double bytes, boolean withRoom) {
        int best = -1;
        for (int leg = 0; leg < legs.size(); leg++) {
            boolean eligible = !withRoom || legs.roomBytes(leg) > 0;
            if (eligible && (best < 0 || nanos(legs, leg, bytes) < nanos(legs, best, bytes))) {
                best = leg;
            }
        }
        return best;
    }

    /** Returns whether what all legs but one bring in a time fits into the credit, beside the piece. */
    static boolean fits(LegsView legs, int but, double nanos, int pieceBytes, long creditBytes) {
        double meanwhile = 0;
        for (int leg = 0; leg < legs.size(); leg++) {
            meanwhile += leg == but ? 0 : legs.bytesPerSecond(leg) * nanos / 1e9;
        }
        return meanwhile <= creditBytes - pieceBytes;
    }
}
