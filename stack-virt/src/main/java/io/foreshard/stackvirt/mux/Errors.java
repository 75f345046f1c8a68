package io.foreshard.stackvirt.mux;

/** Which part of the last messages failed: of about eight, and less the longer ago that was. */
final class Errors {

    private static final double RECENT = 1 / 8.0;
    private static final double HALVING_NANOS = 2e9;

    private double share;
    private long sinceNanos;

    void record(boolean failed, long nowNanos) {
        if (share == 0 && !failed) {
            return;
        }
        double left = share == 0 ? 0 : faded(share, nowNanos - sinceNanos);
        share = left + RECENT * ((failed ? 1 : 0) - left);
        sinceNanos = nowNanos;
    }

    /** Returns the share as of {@link #sinceNanos}. */
    double share() {
        return share;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    static double faded(double share, long passedNanos) {
        return share / (1 + passedNanos / HALVING_NANOS);
    }
}
