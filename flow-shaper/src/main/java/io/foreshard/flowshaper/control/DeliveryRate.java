package io.foreshard.flowshaper.control;

import io.foreshard.runtime.WindowedMax;

/**
 * What a bottleneck passes of ours: over spans of some control steps, what departed to it less what its queue has grown by. While
 * it is busy that is its capacity; while it is not, capacity is at least that, and a lower value says nothing. Not safe for use by several threads.
 */
final class DeliveryRate {

    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final double STEPS_PER_SPAN = 3;
    private static final double BUSY_NANOS = 1e6;

    private final DepartureLog log = new DepartureLog();
    private final WindowedMax highest = new WindowedMax(WINDOW_NANOS);
    private long spanFromNanos;
    private double spanFromQueueNanos;
    private boolean busy;
    private double latest = Double.NaN;
    private boolean latestBusy;

    boolean isEmpty() {
        return log.isEmpty();
    }

    void restart(long nowNanos) {
        log.restart(nowNanos);
        highest.reset();
        beginSpan(nowNanos, 0);
    }

    private void beginSpan(long nowNanos, double queueNanos) {
        spanFromNanos = nowNanos;
        spanFromQueueNanos = queueNanos;
        busy = queueNanos > BUSY_NANOS;
    }

    /** Takes a control step; the queue delay is NaN when not known. */
    void step(long nowNanos, double bytes, double queueNanos, double stepNanos, double loopNanos) {
        double horizon = Math.max(0, loopNanos - stepNanos);
        log.add(nowNanos, bytes, horizon + loopNanos);
        if (!(queueNanos >= 0)) {
            beginSpan(nowNanos, 0);
            return;
        }
        busy &= queueNanos > BUSY_NANOS;
        double span = nowNanos - spanFromNanos;
        if (span >= Math.max(STEPS_PER_SPAN * stepNanos, loopNanos / 2)) {
            double passed = log.totalAt(nowNanos - horizon) - log.totalAt(spanFromNanos - horizon);
            learn(nowNanos, passed * 1e9 / (span + Math.max(0, queueNanos - spanFromQueueNanos)));
            beginSpan(nowNanos, queueNanos);
        }
    }

    private void learn(long nowNanos, double bytesPerSecond) {
        latest = bytesPerSecond;
        latestBusy = busy;
        if (busy || highest.isEmpty() || bytesPerSecond >= highest.get()) {
            highest.update(nowNanos, (long) bytesPerSecond);
        }
    }

    /** Returns the highest rate lately, NaN when none is known. */
    double highest() {
        return highest.isEmpty() || highest.get() <= 0 ? Double.NaN : (double) highest.get();
    }

    /** Returns the newest rate, NaN when there is none. */
    double latest() {
        return latest;
    }

    /** Returns whether the bottleneck was busy all the while, so that the newest rate is what it can pass. */
    boolean isLatestBusy() {
        return latestBusy;
    }
}
