package io.foreshard.jmh.shaper.overload;

import io.foreshard.jmh.lossy.Percentile;
import io.foreshard.jmh.run.Schedule;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What became of requests, each timed from when it was due. Confined to one thread. */
final class RequestTally {

    private static final long OPEN = -1;
    private static final long REFUSED = -2;

    private final Schedule schedule;
    private final long deadlineNanos;
    private long[] dueNanos = new long[1 << 12];
    private long[] tookNanos = new long[1 << 12];
    private int requests;

    RequestTally(Schedule schedule, long deadlineNanos) {
        this.schedule = schedule;
        this.deadlineNanos = deadlineNanos;
    }

    /** Takes a request that is due and returns its number. */
    int due(long atNanos) {
        if (requests == dueNanos.length) {
            dueNanos = Arrays.copyOf(dueNanos, 2 * requests);
            tookNanos = Arrays.copyOf(tookNanos, 2 * requests);
        }
        dueNanos[requests] = atNanos;
        tookNanos[requests] = OPEN;
        return requests++;
    }

    /** Takes an answer; returns how long it took, 0 where nobody waits for it. */
    long answered(long number, long nowNanos) {
        if (!isOpen(number)) {
            return 0;
        }
        long took = nowNanos - dueNanos[(int) number];
        tookNanos[(int) number] = took;
        return took;
    }

    /** Takes a refusal; returns as {@link #answered}. */
    long refused(long number, long nowNanos) {
        if (!isOpen(number)) {
            return 0;
        }
        tookNanos[(int) number] = REFUSED;
        return nowNanos - dueNanos[(int) number];
    }

    private boolean isOpen(long number) {
        return number >= 0 && number < requests && tookNanos[(int) number] == OPEN;
    }

    /** Returns how many were due while it counted. */
    long offered() {
        return count(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Returns how many of them were answered before their deadline. */
    long good() {
        return count(0, deadlineNanos);
    }

    /** Returns how many were answered too late to be of use. */
    long late() {
        return count(deadlineNanos + 1, Long.MAX_VALUE);
    }

    /** Returns how many the server refused. */
    long refusals() {
        return count(REFUSED, REFUSED);
    }

    /** Returns how many nobody answered, because the shaper dropped them or they were under way at the end. */
    long unanswered() {
        return count(OPEN, OPEN);
    }

    /** Returns how long answers took, {@link Double#NaN} without any. */
    double nanos(double percent) {
        return Percentile.of(counted().filter(took -> took >= 0), percent);
    }

    private long count(long least, long most) {
        return counted().filter(took -> took >= least && took <= most).count();
    }

    private LongStream counted() {
        return IntStream.range(0, requests)
                .filter(request -> schedule.counts(dueNanos[request]))
                .mapToLong(request -> tookNanos[request]);
    }

    double seconds() {
        return schedule.seconds();
    }
}
