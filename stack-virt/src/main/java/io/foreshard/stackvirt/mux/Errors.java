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
        double faded = share(nowNanos);
        share = faded + RECENT * ((failed ? 1 : 0) - faded);
        sinceNanos = nowNanos;
    }

    double share(long nowNanos) {
        return share == 0 ? 0 : share / (1 + (nowNanos - sinceNanos) / HALVING_NANOS);
    }
}
