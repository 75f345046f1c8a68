package io.foreshard.transport;

/**
 * A congestion window that grows and yields as TCP's does (CUBIC, RFC 9438, with its Reno-friendly region and fast convergence), so that
 * beside TCP neither side starves. Counts in segments of TCP's usual length whatever the length of our packets. Confined to one event
 * loop.
 */
final class CubicWindow {

    private static final double SEGMENT_BYTES = 1448;
    static final double BETA = 0.7;
    private static final double SCALE = 0.4;
    private static final double RENO_ALPHA = 3 * (1 - BETA) / (1 + BETA);
    private static final double MAX_GROWTH = 1.5;
    private static final double MIN_SEGMENTS = 2;

    private double window;
    private double plateau;
    private double secondsToPlateau;
    private double reno;
    private double beforeLoss;
    private long epochNanos;
    private long recoveredNanos;

    /** Starts in the middle of an epoch, at a window that is taken for the fair one. */
    void start(long nowNanos, long bytes) {
        plateau = Math.max(MIN_SEGMENTS, bytes / SEGMENT_BYTES);
        window = plateau;
        beforeLoss = plateau;
        recoveredNanos = nowNanos;
        beginEpoch(nowNanos);
    }

    private void beginEpoch(long nowNanos) {
        epochNanos = nowNanos;
        reno = window;
        secondsToPlateau = Math.cbrt(Math.max(0, plateau - window) / SCALE);
    }

    /**
     * Grows by what was acknowledged; not while losses of the last reduction are still coming in.
     *
     * @param rttNanos the round-trip time
     */
    void onAck(long nowNanos, long rttNanos, long ackedBytes) {
        if (nowNanos - recoveredNanos < 0) {
            return;
        }
        double acked = ackedBytes / SEGMENT_BYTES;
        double seconds = (nowNanos - epochNanos + rttNanos) / 1e9 - secondsToPlateau;
        double target = Math.min(plateau + SCALE * seconds * seconds * seconds, MAX_GROWTH * window);
        reno += (reno < beforeLoss ? RENO_ALPHA : 1) * acked / window;
        window += Math.max(0, target - window) * Math.min(1, acked / window);
        window = Math.max(window, reno);
    }

    /**
     * Yields once per round trip.
     *
     * @param rttNanos the round-trip time
     */
    void onLoss(long nowNanos, long rttNanos) {
        if (nowNanos - recoveredNanos < 0) {
            return;
        }
        recoveredNanos = nowNanos + rttNanos;
        beforeLoss = window;
        plateau = window < plateau ? window * (1 + BETA) / 2 : window;
        window = Math.max(MIN_SEGMENTS, window * BETA);
        beginEpoch(nowNanos);
    }

    long bytes() {
        return (long) (window * SEGMENT_BYTES);
    }

    /** Returns when the last reduction is over, so that the queue is the steady one again. */
    long recoveredNanos() {
        return recoveredNanos;
    }
}
