package io.foreshard.stackvirt.manager;

/** How long to wait after failures in a row: twice as long each time, up to a limit. Confined to one thread. */
final class Backoff {

    private static final long FIRST_NANOS = 100_000_000;
    private static final long LONGEST_NANOS = 30_000_000_000L;
    private static final int MOST_DOUBLINGS = 9;

    private int failures;
    private long untilNanos;

    void failed(long nowNanos) {
        untilNanos = nowNanos + Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
    }

    void succeeded() {
        failures = 0;
    }

    boolean isOver(long nowNanos) {
        return failures == 0 || nowNanos - untilNanos >= 0;
    }
}
