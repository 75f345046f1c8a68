package io.foreshard.flowsharder.session;

/**
 * Sees to it that several legs are not slower than the best of them alone. When what is delivered stays below what the best leg was seen to
 * pass, all goes over that leg for a while. If that helps it stays so for longer each time; if it does not, the legs were not to blame, and
 * are left alone for longer each time. A state machine on times and counts that are handed in.
 */
final class FloorGuard {

    private static final long WINDOW_NANOS = 500_000_000L;
    private static final int WINDOWS_BELOW = 3;
    private static final double FLOOR = 0.9;
    private static final double HELPS = 1.05;
    private static final long FIRST_HOLD_NANOS = 4_000_000_000L;
    private static final long MOST_HOLD_NANOS = 64_000_000_000L;

    private long windowStartNanos;
    private long windowStartBytes;
    private int below;
    private double rateBefore;
    private double best;
    private boolean collapsed;
    private long untilNanos;
    private long holdNanos = FIRST_HOLD_NANOS;

    FloorGuard(long nowNanos) {
        windowStartNanos = nowNanos;
        untilNanos = nowNanos;
    }

    /** Returns whether all should go over the best leg. */
    boolean isCollapsed() {
        return collapsed;
    }

    /**
     * Looks at what was delivered.
     *
     * @param deliveredBytes in all
     * @param isBusy whether something waited to be sent all the time
     * @param bestBytesPerSecond what the best leg passes
     * @param legs how many there are
     */
    void observe(long deliveredBytes, boolean isBusy, double bestBytesPerSecond, int legs, long nowNanos) {
        if (!isBusy) {
            restart(deliveredBytes, nowNanos);
        } else if (nowNanos - windowStartNanos >= WINDOW_NANOS) {
            double rate = (deliveredBytes - windowStartBytes) * 1e9 / (nowNanos - windowStartNanos);
            windowStartNanos = nowNanos;
            windowStartBytes = deliveredBytes;
            judge(rate, bestBytesPerSecond, legs, nowNanos);
        }
    }

    private void restart(long deliveredBytes, long nowNanos) {
        windowStartNanos = nowNanos;
        windowStartBytes = deliveredBytes;
        below = 0;
        if (collapsed && nowNanos >= untilNanos) {
            release(nowNanos, 0);
        }
    }

    private void judge(double rate, double bestBytesPerSecond, int legs, long nowNanos) {
        if (collapsed) {
            best = Math.max(best, rate);
            if (nowNanos >= untilNanos) {
                boolean helped = best > HELPS * rateBefore;
                holdNanos = Math.min(2 * holdNanos, MOST_HOLD_NANOS);
                release(nowNanos, helped ? 0 : holdNanos);
            }
            return;
        }
        below = legs > 1 && rate < FLOOR * bestBytesPerSecond ? below + 1 : 0;
        if (below >= WINDOWS_BELOW && nowNanos >= untilNanos) {
            collapsed = true;
            rateBefore = rate;
            best = 0;
            untilNanos = nowNanos + holdNanos;
        }
    }

    /** Lets all legs carry again, and leaves them alone for a time. */
    private void release(long nowNanos, long pauseNanos) {
        collapsed = false;
        below = 0;
        untilNanos = nowNanos + pauseNanos;
    }
}
