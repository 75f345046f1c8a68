package io.foreshard.flowshaper.control;

/**
 * What a bottleneck's queue and capacity are, from queue delays that are seen late and from what departed to it: an observer in the
 * past (Luenberger, IEEE Trans. Mil. Electron. 8, 1964) and a predictor from there to now (Smith, Chem. Eng. Prog. 53, 1957).
 *
 * <p>A queue delay seen now shows departures up to a horizon ago. The observer lives there, where nothing is late: it fills a model
 * queue with what departed then, and corrects queue and capacity by what it sees besides. The predictor adds what departed since. Not
 * safe for use by several threads.
 */
final class QueueModel {

    /** Poles of the observer, in units of one over the loop delay. */
    private static final double SPEED = 1;
    /** The most by which capacity grows in one loop delay: 4 % in a fifth of it. */
    private static final double MOST_GROWTH = 0.2;
    /** The most by which capacity shrinks in one step. */
    private static final double MOST_SHRINKING = 0.25;

    private final DepartureLog log = new DepartureLog();
    private double queueNanos;
    private double bytesPerNano;
    private double shownNanos;

    boolean isEmpty() {
        return log.isEmpty();
    }

    /** Forgets departures, as after a jump of the clock. */
    void restart(long nowNanos) {
        log.restart(nowNanos);
        shownNanos = nowNanos;
        queueNanos = 0;
    }

    void depart(long nowNanos, double bytes, double horizonNanos) {
        log.add(nowNanos, bytes, horizonNanos);
    }

    /** Returns the rate of the departures that have come to show since the last correction, in bytes per nanosecond. */
    double shownRate(long nowNanos, double horizonNanos) {
        double until = nowNanos - horizonNanos;
        return until > shownNanos ? (log.totalAt(until) - log.totalAt(shownNanos)) / (until - shownNanos) : Double.NaN;
    }

    /** Returns the bytes that have come to show since then. */
    double shownBytesSince(double sinceNanos, long nowNanos, double horizonNanos) {
        return log.totalAt(nowNanos - horizonNanos) - log.totalAt(sinceNanos - horizonNanos);
    }

    /** Takes the queue as seen, and a capacity that was found in another way. */
    void assume(long nowNanos, double horizonNanos, double seenNanos, double capacityBytesPerSecond) {
        queueNanos = seenNanos;
        bytesPerNano = capacityBytesPerSecond / 1e9;
        shownNanos = Math.max(shownNanos, nowNanos - horizonNanos);
    }

    /**
     * Corrects the model by a queue delay.
     *
     * @param toleratedNanos a queue that is not explained and shorter is noise, which is never below 0 and would add up
     */
    void correct(
            long nowNanos,
            long elapsedNanos,
            double loopNanos,
            double horizonNanos,
            double seenNanos,
            double toleratedNanos) {
        advance(nowNanos - horizonNanos);
        boolean noise = queueNanos <= 0 && seenNanos < toleratedNanos;
        double error = noise ? 0 : seenNanos - queueNanos;
        double step = SPEED * elapsedNanos / loopNanos;
        double towards = -Math.expm1(-step);
        queueNanos = Math.max(0, queueNanos - Math.expm1(-2 * step) * error);
        double shrinking = towards * towards * error / elapsedNanos;
        double least = -MOST_GROWTH * elapsedNanos / loopNanos;
        bytesPerNano *= 1 - Math.max(least, Math.min(MOST_SHRINKING, shrinking));
    }

    private void advance(double untilNanos) {
        if (untilNanos > shownNanos) {
            queueNanos = log.queueAfter(queueNanos, shownNanos, untilNanos, bytesPerNano);
            shownNanos = untilNanos;
        }
    }

    void scaleCapacity(double factor) {
        bytesPerNano *= factor;
    }

    void atLeast(double capacityBytesPerSecond) {
        bytesPerNano = Math.max(bytesPerNano, capacityBytesPerSecond / 1e9);
    }

    double capacityBytesPerSecond() {
        return bytesPerNano * 1e9;
    }

    /** Returns how long the queue is when what departed up to now has reached it. */
    double queueNowNanos(long nowNanos) {
        return log.queueAfter(queueNanos, shownNanos, (double) nowNanos, bytesPerNano);
    }
}
