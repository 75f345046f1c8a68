package io.foreshard.stackvirt.manager;

import java.util.Arrays;

/** How long stacks of a kind took to become ready: a high quantile of the newest ones. Confined to one thread. */
final class StartTimes {

    private final Recent starts;
    private final Recent thaws;

    /** Until something was started it takes as long as is supposed. */
    StartTimes(long startNanos, long thawNanos) {
        starts = new Recent(startNanos);
        thaws = new Recent(thawNanos);
    }

    void started(long nanos) {
        starts.add(nanos);
    }

    void thawed(long nanos) {
        thaws.add(nanos);
    }

    /** Returns from nothing to being well. */
    long startNanos() {
        return starts.value;
    }

    /** Returns from standing still to going on. */
    long thawNanos() {
        return thaws.value;
    }

    private static final class Recent {

        private static final int KEPT = 64;
        private static final double LEVEL = 0.95;

        private final long[] newest = new long[KEPT];
        private long count;
        private long value;

        Recent(long first) {
            value = first;
        }

        void add(long nanos) {
            newest[(int) (count++ % KEPT)] = nanos;
            long[] sorted = Arrays.copyOf(newest, (int) Math.min(count, KEPT));
            Arrays.sort(sorted);
            value = sorted[(int) Math.ceil(LEVEL * sorted.length) - 1];
        }
    }
}
