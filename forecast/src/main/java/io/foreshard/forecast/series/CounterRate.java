package io.foreshard.forecast.series;

/** Turns the readings of a counter that only grows, wraps and sometimes starts anew into rates. */
final class CounterRate {

    private static final double NANOS_PER_SECOND = 1e9;

    private final int bits;
    private final double maxPerSecond;
    private final double scale;
    private boolean started;
    private long lastNanos;
    private long lastReading;

    /** Takes the width of the counter, the fastest it can move in counts per second, and what a rate is multiplied by. */
    CounterRate(int bits, double maxPerSecond, double scale) {
        this.bits = bits;
        this.maxPerSecond = maxPerSecond;
        this.scale = scale;
    }

    boolean started() {
        return started;
    }

    void start(long timeNanos, long reading) {
        started = true;
        lastNanos = timeNanos;
        lastReading = masked(reading);
    }

    private long masked(long reading) {
        return bits == Long.SIZE ? reading : reading & ((1L << bits) - 1);
    }

    /** The rate since the last reading, NaN when it cannot be known; the reasons are counted. */
    double next(long timeNanos, long reading, ReasonTally tally) {
        double seconds = (timeNanos - lastNanos) / NANOS_PER_SECOND;
        long now = masked(reading);
        long grown = masked(now - lastReading);
        boolean wrapped = Long.compareUnsigned(now, lastReading) < 0;
        start(timeNanos, reading);
        if (!(seconds > 0)) {
            return Double.NaN;
        }
        if (maxPerSecond < Double.POSITIVE_INFINITY && maxPerSecond * seconds >= Math.scalb(1.0, bits)) {
            tally.count(IngestReason.COUNTER_TOO_SLOW);
            return Double.NaN;
        }
        return plausible(grown, seconds, wrapped) ? rate(grown, seconds, wrapped, tally) : reset(tally);
    }

    /** What is faster than the link can is a restart; where nobody said how fast that is, a wrap of more than half the range is. */
    private boolean plausible(long grown, double seconds, boolean wrapped) {
        boolean aboveHalf = Long.compareUnsigned(grown, 1L << (bits - 1)) > 0;
        boolean unknownSpeed = maxPerSecond == Double.POSITIVE_INFINITY;
        return grown >= 0 && !(unknownSpeed && wrapped && aboveHalf) && grown <= maxPerSecond * seconds;
    }

    private double rate(long grown, double seconds, boolean wrapped, ReasonTally tally) {
        if (wrapped) {
            tally.count(IngestReason.COUNTER_WRAP);
        }
        return grown / seconds * scale;
    }

    private static double reset(ReasonTally tally) {
        tally.count(IngestReason.COUNTER_RESET);
        return Double.NaN;
    }
}
