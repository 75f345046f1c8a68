package io.foreshard.flowsharder.session;

import org.jspecify.annotations.Nullable;

/**
 * Frames of flows that are not known. Most are late: what was sent twice, of flows that ended well, and who sent it must not be told
 * otherwise. But who sends for longer than any leg may be silent has a flow that this side forgot, and would wait for ever. Few numbers are
 * remembered, each in the one place that it may have. Belongs to one event loop.
 */
final class Strays {

    private static final int PLACE_BITS = 6;
    private static final int SCATTER = 0x9e3779b9;

    private final long lateNanos;
    private int @Nullable [] flows;
    private long[] sinceNanos = {};

    Strays(long lateNanos) {
        this.lateNanos = lateNanos;
    }

    /** A frame of such a flow came. Returns whether it is time to say that there is none; then not again for as long. */
    boolean isLasting(int flow, long nowNanos) {
        int[] known = flows;
        if (known == null) {
            known = new int[1 << PLACE_BITS];
            flows = known;
            sinceNanos = new long[1 << PLACE_BITS];
        }
        int place = (flow * SCATTER) >>> (Integer.SIZE - PLACE_BITS);
        long lasted = nowNanos - sinceNanos[place];
        if (known[place] == flow && lasted < lateNanos) {
            return false;
        }
        boolean lasting = known[place] == flow && lasted < 2 * lateNanos;
        known[place] = flow;
        sinceNanos[place] = nowNanos;
        return lasting;
    }
}
