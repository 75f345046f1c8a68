package io.foreshard.stackvirt.mux;

import java.util.Arrays;

/**
 * How long a stack took for its last messages, by how many others it had when they were sent: medians of a few, as one slow answer says
 * little. For a number of messages in flight that was not seen lately, the nearest that was.
 */
final class Latencies {

    private static final int SAMPLES = 8;
    /** Numbers up to this have a class of their own, those above four for each doubling. */
    private static final int EXACT = 8;

    private static final int CLASSES = 32;
    /** Against a newer class farther away, an older one counts for this long. */
    private static final long MEMORY_NANOS = 5_000_000_000L;

    /** Longer than anything lasts. */
    static final long EVER_NANOS = Long.MAX_VALUE / 4;

    private final long[] samples = new long[CLASSES * SAMPLES];
    private final int[] counts = new int[CLASSES];
    private final long[] medians = new long[CLASSES];
    private final long[] seenNanos = new long[CLASSES];
    private final long[] sorted = new long[SAMPLES];
    private boolean known;
    private long lastNanos;
    private int lastClass;

    void record(int inFlight, long nanos, long nowNanos) {
        int at = classOf(inFlight);
        samples[at * SAMPLES + counts[at] % SAMPLES] = nanos;
        counts[at] = counts[at] == 2 * SAMPLES - 1 ? SAMPLES : counts[at] + 1;
        medians[at] = medianOf(at);
        seenNanos[at] = nowNanos;
        lastNanos = nowNanos;
        lastClass = at;
        known = true;
    }

    /** Returns the median, or 0 if nothing is known. */
    long median(int inFlight, long nowNanos) {
        return median(nearest(inFlight, nowNanos));
    }

    /** Returns the class whose median tells most of a number in flight. */
    int nearest(int inFlight, long nowNanos) {
        int at = classOf(inFlight);
        for (int away = 0; known && away < CLASSES; away++) {
            if (isFresh(at - away, nowNanos)) {
                return at - away;
            }
            if (isFresh(at + away, nowNanos)) {
                return at + away;
            }
        }
        return lastClass;
    }

    /** Returns the median of a class, 0 if nothing is known. */
    long median(int at) {
        return medians[at];
    }

    /** Returns until when a class that is the nearest now remains so if no answer comes. */
    long untilNanos(int at, long nowNanos) {
        return isFresh(at, nowNanos) ? seenNanos[at] + MEMORY_NANOS : nowNanos + EVER_NANOS;
    }

    /** Returns whether there was an answer. */
    boolean isKnown() {
        return known;
    }

    /** Returns when the last answer came, if there was one. */
    long lastNanos() {
        return lastNanos;
    }

    private boolean isFresh(int at, long nowNanos) {
        return at >= 0 && at < CLASSES && counts[at] > 0 && nowNanos - seenNanos[at] < MEMORY_NANOS;
    }

    private long medianOf(int at) {
        int count = Math.min(SAMPLES, counts[at]);
        System.arraycopy(samples, at * SAMPLES, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        return sorted[count / 2];
    }

    private static int classOf(int inFlight) {
        if (inFlight < EXACT) {
            return inFlight;
        }
        int octave = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(inFlight);
        return Math.min(CLASSES - 1, EXACT + (octave - 3) * 4 + ((inFlight >>> (octave - 2)) & 3));
    }
}
