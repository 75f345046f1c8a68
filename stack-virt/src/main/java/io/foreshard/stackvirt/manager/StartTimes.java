package io.foreshard.stackvirt.manager;

import io.foreshard.runtime.RecentQuantile;

/** How long stacks of a kind took to become ready: a high quantile of the newest ones. Confined to one thread. */
final class StartTimes {

    private static final int KEPT = 64;
    private static final double LEVEL = 0.95;

    private final RecentQuantile starts;
    private final RecentQuantile thaws;

    /** Until something was started it takes as long as is supposed. */
    StartTimes(long startNanos, long thawNanos) {
        starts = new RecentQuantile(LEVEL, KEPT, startNanos);
        thaws = new RecentQuantile(LEVEL, KEPT, thawNanos);
    }

    void started(long nanos) {
        starts.add(nanos);
    }

    void thawed(long nanos) {
        thaws.add(nanos);
    }

    /** Returns from nothing to being well. */
    long startNanos() {
        return starts.value();
    }

    /** Returns from standing still to going on. */
    long thawNanos() {
        return thaws.value();
    }
}
