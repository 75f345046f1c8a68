package io.foreshard.transport;

import io.foreshard.runtime.WindowedMin;

/**
 * Measures what a path's bottleneck passes, from when packets left and when the receiver says that they arrived: what our own pace
 * does not show, and nothing that a slow way back could distort. Confined to one event loop.
 *
 * <p>Between two acknowledgements the newest packets' arrivals lie some time apart. While packets queue before the bottleneck, which
 * their one-way delay above its minimum tells, it is busy, and what arrives is its capacity (packet trains: Dovrolis, Ramanathan and
 * Moore, INFOCOM 2001). While none queue, what arrives is as much as we sent: capacity is at least that. Clocks of both sides need not agree, as
 * only differences count.
 */
final class CapacityMeter {

    private static final long BUSY_NANOS = 1_000_000L;
    private static final long BASE_WINDOW_NANOS = 10_000_000_000L;
    private static final long LEAST_FREE_NANOS = 1_000_000L;
    private static final long MIN_BUSY_NANOS = 10_000_000L;

    private final WindowedMin base = new WindowedMin(BASE_WINDOW_NANOS);
    private boolean started;
    private int lastArrivedMicros;
    private long arrivedNanos;
    private long lastSentNanos;
    private long queueNanos;
    private long busyBytes;
    private long busyNanos;
    private long freeBytes;
    private long freeArrivedNanos;
    private long freeSentNanos;
    private double atLeast;
    private boolean heard;
    private double last;

    /**
     * Takes an acknowledgement.
     *
     * @param nowNanos the clock
     * @param ackedBytes bytes newly acknowledged
     * @param sentNanos when the newest of them left
     * @param arrivedMicros the receiver's clock when it arrived, wrapping
     * @param gapNanos the longest time between departures of them
     */
    void onAck(long nowNanos, long ackedBytes, long sentNanos, int arrivedMicros, long gapNanos) {
        heard = true;
        long apartNanos = started ? (arrivedMicros - lastArrivedMicros) * 1_000L : 0;
        boolean busy = queueNanos > Math.max(gapNanos, BUSY_NANOS);
        if (apartNanos < 0 && sentNanos > lastSentNanos) {
            restart();
        } else if (started && (apartNanos <= 0 || sentNanos < lastSentNanos)) {
            busyBytes += busy && apartNanos == 0 ? ackedBytes : 0;
            freeBytes += !busy && apartNanos == 0 ? ackedBytes : 0;
            return;
        }
        apartNanos = Math.max(0, apartNanos);
        arrivedNanos += apartNanos;
        base.update(nowNanos, arrivedNanos - sentNanos);
        long queue = arrivedNanos - sentNanos - base.get();
        if (started && busy && queue > BUSY_NANOS) {
            busyBytes += ackedBytes;
            busyNanos += apartNanos;
            forgetFree();
        } else if (started) {
            learnFree(ackedBytes, apartNanos, sentNanos - lastSentNanos);
        }
        started = true;
        queueNanos = queue;
        lastArrivedMicros = arrivedMicros;
        lastSentNanos = sentNanos;
    }

    /** Takes that the receiver's clock went back, or was silent for so long that it wrapped: what it said before is worth nothing. */
    private void restart() {
        started = false;
        base.reset();
        forgetFree();
    }

    private void forgetFree() {
        freeBytes = 0;
        freeArrivedNanos = 0;
        freeSentNanos = 0;
    }

    /** Over some time: two packets that left together and were read together say nothing of a rate. */
    private void learnFree(long ackedBytes, long apartNanos, long sentApartNanos) {
        freeBytes += ackedBytes;
        freeArrivedNanos += apartNanos;
        freeSentNanos += sentApartNanos;
        long spanNanos = Math.max(freeArrivedNanos, freeSentNanos);
        if (spanNanos >= LEAST_FREE_NANOS) {
            atLeast = Math.max(atLeast, freeBytes * 1e9 / spanNanos);
            forgetFree();
        }
    }

    /**
     * Returns the capacity since the last call and starts anew.
     *
     * <p>Where nothing queued, capacity is at least what was sent, and it is taken to be what it was before. Where a forecast decides how
     * much is sent, that would be a forecast that confirms itself: then only what contradicts it counts.
     *
     * @param overdue whether packets are under way for so long that they should have been acknowledged: when none was, it is 0
     * @param expected what was sent by in bytes per second, or {@link FeedForward#NO_YARDSTICK}
     * @return bytes per second, NaN when nothing was seen of it
     */
    double sample(boolean overdue, long expected) {
        double seen = Double.NaN;
        if (busyNanos >= MIN_BUSY_NANOS) {
            seen = busyBytes * 1e9 / busyNanos;
        } else if (atLeast > (double) expected) {
            seen = Math.max(atLeast, last);
        } else if (!heard && overdue) {
            seen = 0;
        }
        // After an outage it is what it was before, until a queue tells otherwise: what arrives is only what we dare to
        // send again.
        last = seen > 0 ? seen : last;
        busyBytes = 0;
        busyNanos = 0;
        atLeast = 0;
        heard = false;
        return seen;
    }
}
