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
        medians[at] = median(at);
        seenNanos[at] = nowNanos;
        lastNanos = nowNanos;
        lastClass = at;
        known = true;
    }

    /** Returns the median, or 0 if nothing is known. */
    long median(int inFlight, long nowNanos) {
        if (!known) {
            return 0;
        }
        int at = classOf(inFlight);
        for (int away = 0; away < CLASSES; away++) {
            if (isFresh(at - away, nowNanos)) {
                return medians[at - away];
            }
            if (isFresh(at + away, nowNanos)) {
                return medians[at + away];
            }
        }
        return medians[lastClass];
    }

    /** Returns since when nothing was heard. */
    long ageNanos(long nowNanos) {
        return known ? nowNanos - lastNanos : Long.MAX_VALUE;
    }

    private boolean isFresh(int at, long nowNanos) {
        return at >= 0 && at < CLASSES && counts[at] > 0 && nowNanos - seenNanos[at] < MEMORY_NANOS;
    }

    private long median(int at) {
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
