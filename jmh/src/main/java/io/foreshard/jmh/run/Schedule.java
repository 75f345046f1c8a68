package io.foreshard.jmh.run;

/**
 * When the load of a run begins and what of it counts, on the monotonic clock that all processes of a machine share.
 *
 * @param beginNanos when the load begins
 * @param fromNanos since when it counts
 * @param toNanos until when; the load goes on for a while, so that what was sent last does not find its way empty
 * @param lastNanos when the load ends
 * @param restNanos when all has come that is still to come
 */
public record Schedule(long beginNanos, long fromNanos, long toNanos, long lastNanos, long restNanos) {

    private static final long BREATH_NANOS = 100_000_000;
    private static final long TAIL_NANOS = 300_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /**
     * Returns one that begins at once.
     *
     * @param nowNanos {@link System#nanoTime}
     * @param warmUpMillis how much of the load does not count
     * @param countedMillis how much does
     * @param restMillis how long the last of it may take
     */
    public static Schedule after(long nowNanos, long warmUpMillis, long countedMillis, long restMillis) {
        long begin = nowNanos + BREATH_NANOS;
        long from = begin + warmUpMillis * NANOS_PER_MILLI;
        long to = from + countedMillis * NANOS_PER_MILLI;
        long last = to + TAIL_NANOS;
        return new Schedule(begin, from, to, last, last + restMillis * NANOS_PER_MILLI);
    }

    static Schedule parse(String text) {
        String[] parts = text.split(" ", -1);
        return new Schedule(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }

    String text() {
        return beginNanos + " " + fromNanos + " " + toNanos + " " + lastNanos + " " + restNanos;
    }

    /** Returns whether a time is in the stretch that counts. */
    public boolean counts(long nanos) {
        return nanos >= fromNanos && nanos < toNanos;
    }

    /** Returns how long that stretch is. */
    public double seconds() {
        return (toNanos - fromNanos) / 1e9;
    }
}
