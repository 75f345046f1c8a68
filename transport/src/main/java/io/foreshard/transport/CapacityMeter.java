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
    private static final long MIN_BUSY_NANOS = 10_000_000L;

    private final WindowedMin base = new WindowedMin(BASE_WINDOW_NANOS);
    private boolean started;
    private int lastArrivedMicros;
    private long arrivedNanos;
    private long lastSentNanos;
    private long queueNanos;
    private long busyBytes;
    private long busyNanos;
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
     * @param gapNanos the longest time between departures of them and of those before
     */
    void onAck(long nowNanos, long ackedBytes, long sentNanos, int arrivedMicros, long gapNanos) {
        heard = true;
        if (!started) {
            started = true;
            begin(nowNanos, sentNanos, arrivedMicros);
            return;
        }
        long apartNanos = (arrivedMicros - lastArrivedMicros) * 1_000L;
        if (apartNanos <= 0 || sentNanos <= lastSentNanos) {
            busyBytes += queueNanos > Math.max(gapNanos, BUSY_NANOS) && apartNanos == 0 ? ackedBytes : 0;
            return;
        }
        long spacedNanos = sentNanos - lastSentNanos;
        begin(nowNanos, sentNanos, arrivedMicros, apartNanos);
        long queue = arrivedNanos - sentNanos - base.get();
        if (queue > BUSY_NANOS && queueNanos > Math.max(gapNanos, BUSY_NANOS)) {
            busyBytes += ackedBytes;
            busyNanos += apartNanos;
        } else {
            atLeast = Math.max(atLeast, ackedBytes * 1e9 / Math.max(apartNanos, spacedNanos));
        }
        queueNanos = queue;
    }

    private void begin(long nowNanos, long sentNanos, int arrivedMicros) {
        begin(nowNanos, sentNanos, arrivedMicros, 0);
    }

    private void begin(long nowNanos, long sentNanos, int arrivedMicros, long apartNanos) {
        arrivedNanos += apartNanos;
        lastArrivedMicros = arrivedMicros;
        lastSentNanos = sentNanos;
        base.update(nowNanos, arrivedNanos - sentNanos);
    }

    /**
     * Returns the capacity in bytes per second since the last call, NaN when nothing was seen of it, and starts anew.
     *
     * @param overdue whether packets are under way for so long that they should have been acknowledged: what was heard of none is 0
     */
    double sample(boolean overdue, double expected) {
        double seen = Double.NaN;
        if (busyNanos >= MIN_BUSY_NANOS) {
            seen = busyBytes * 1e9 / busyNanos;
        } else if (atLeast > 0) {
            seen = expected == 0 ? Math.max(atLeast, last) : atLeast > expected ? atLeast : Double.NaN;
        } else if (!heard && overdue) {
            seen = 0;
        }
        last = Double.isNaN(seen) ? last : seen;
        busyBytes = 0;
        busyNanos = 0;
        atLeast = 0;
        heard = false;
        return seen;
    }
}
