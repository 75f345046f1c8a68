package io.foreshard.telemetry;

/** Arrivals and losses of the last half to whole window, in two halves. Belongs to one thread. */
final class LossWindow {

    private final long halfNanos;
    private long halfBeganNanos;
    private long arrived;
    private long lost;
    private long arrivedBefore;
    private long lostBefore;

    LossWindow(long windowNanos, long nowNanos) {
        halfNanos = Math.max(1, windowNanos / 2);
        halfBeganNanos = nowNanos;
    }

    void add(long arrivals, long losses, long nowNanos) {
        long elapsedNanos = nowNanos - halfBeganNanos;
        if (elapsedNanos >= halfNanos) {
            boolean longSilence = elapsedNanos >= 2 * halfNanos;
            arrivedBefore = longSilence ? 0 : arrived;
            lostBefore = longSilence ? 0 : lost;
            arrived = 0;
            lost = 0;
            halfBeganNanos = nowNanos;
        }
        arrived += arrivals;
        lost += losses;
    }

    void forgetArrivals() {
        arrived = 0;
        arrivedBefore = 0;
    }

    long arrived() {
        return arrived + arrivedBefore;
    }

    long lost() {
        return lost + lostBefore;
    }
}
