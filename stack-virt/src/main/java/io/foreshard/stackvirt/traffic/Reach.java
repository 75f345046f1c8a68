package io.foreshard.stackvirt.traffic;

/**
 * How many slots ahead stacks are foretold: as many as a cold start takes, and one. As what was learned for one reach is of no use for another, it follows the measured
 * time of starts only when that has called for another one for minutes on end.
 */
final class Reach {

    /** For how many slots in a row another reach must be called for. */
    static final int LASTS_SLOTS = 300;

    /** By how much a start must be shorter than what would fit a shorter reach. */
    private static final double SLACK = 0.9;

    private int slots;
    private long since = Long.MIN_VALUE;

    Reach(double coldMillis) {
        slots = fitting(coldMillis);
    }

    private static int fitting(double coldMillis) {
        return (int) Math.ceil(coldMillis / KindTraffic.SLOT_MILLIS) + 1;
    }

    /** Returns whether the reach changes with this slot. */
    boolean changes(long slot, double coldMillis, boolean nothingLearned) {
        int wanted = fitting(coldMillis);
        boolean shorter = wanted < slots && fitting(coldMillis / SLACK) < slots;
        if (wanted <= slots && !shorter) {
            since = Long.MIN_VALUE;
            return false;
        }
        if (since == Long.MIN_VALUE) {
            since = slot;
        }
        if (slot - since < LASTS_SLOTS && !nothingLearned) {
            return false;
        }
        since = Long.MIN_VALUE;
        slots = wanted;
        return true;
    }

    int slots() {
        return slots;
    }
}
