package io.foreshard.jmh.shaper.overload;

/**
 * How busy a server is: the mean share of its processors that had a request over the time between two questions. More requests than
 * processors are no more than all of them, as with the use of a real processor. Thread-safe.
 */
final class Busyness {

    private final int processors;
    private int inService;
    private long sinceNanos;
    private long askedNanos;
    private double busyNanos;

    Busyness(int processors, long nowNanos) {
        this.processors = processors;
        sinceNanos = nowNanos;
        askedNanos = nowNanos;
    }

    /** Takes a request into service and returns how many are now. */
    synchronized int enter(long nowNanos) {
        advance(nowNanos);
        return ++inService;
    }

    synchronized void leave(long nowNanos) {
        advance(nowNanos);
        inService--;
    }

    /** Returns the share since the last call. */
    synchronized double share(long nowNanos) {
        advance(nowNanos);
        double share = nowNanos > askedNanos ? busyNanos / (nowNanos - askedNanos) : 0;
        askedNanos = nowNanos;
        busyNanos = 0;
        return Math.min(1, share);
    }

    private void advance(long nowNanos) {
        // Threads read the clock before they come here, so it may seem to go back.
        if (nowNanos > sinceNanos) {
            busyNanos += (nowNanos - sinceNanos) * (double) Math.min(inService, processors) / processors;
            sinceNanos = nowNanos;
        }
    }
}
