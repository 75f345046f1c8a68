package io.foreshard.stackvirt.traffic;

import java.util.Arrays;

/** How often the next stack is needed soon after one is needed afresh: how high load that begins to rise will go. */
final class BurstReach {

    private static final double WEIGHT = 0.05;
    private static final long NEVER = Long.MIN_VALUE;

    private final long[] freshMillis;
    private final boolean[] open;
    private final double[] share;

    BurstReach(int levels) {
        freshMillis = new long[levels];
        open = new boolean[levels];
        share = new double[levels];
        Arrays.fill(freshMillis, NEVER);
    }

    /** Takes that a stack, from 0, is needed that was not a moment ago. */
    void needed(int level, boolean fresh, long nowMillis, long windowMillis) {
        if (level > 0 && open[level - 1] && nowMillis - freshMillis[level - 1] <= windowMillis) {
            close(level - 1, true);
        }
        if (fresh) {
            close(level, false);
            open[level] = true;
            freshMillis[level] = nowMillis;
        }
    }

    /** Settles the last rise: one that was not followed by now has stayed without. */
    private void close(int level, boolean followed) {
        if (open[level]) {
            share[level] += WEIGHT * ((followed ? 1 : 0) - share[level]);
            open[level] = false;
        }
    }

    /** Returns for each stack how often the next one follows. */
    double[] shares() {
        return share.clone();
    }
}
