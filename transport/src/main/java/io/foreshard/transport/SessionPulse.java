package io.foreshard.transport;

/**
 * When a session was last heard, busy and measured, and when it looks around again: once per planning interval while it is busy, and
 * else not before its peer has been silent for too long. Confined to one event loop.
 */
final class SessionPulse {

    private static final int QUIET_STEPS = 20;
    private static final long RTT_REFRESH_NANOS = 1_000_000_000L;

    private final long stepNanos;
    private final long idleNanos;
    private final long originNanos;
    private long heardNanos;
    private long busyNanos;
    private long pingNanos;
    private long nextStepNanos;

    SessionPulse(long stepNanos, long idleNanos, long nowNanos) {
        this.stepNanos = stepNanos;
        this.idleNanos = idleNanos;
        this.originNanos = nowNanos;
        this.heardNanos = nowNanos;
        this.busyNanos = nowNanos;
        this.pingNanos = nowNanos - RTT_REFRESH_NANOS;
        this.nextStepNanos = nowNanos + stepNanos;
    }

    void onHeard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** Takes that messages move, in either direction. */
    void onBusy(long nowNanos) {
        busyNanos = nowNanos;
        if (nextStepNanos - nowNanos > stepNanos) {
            nextStepNanos = nextOnGrid(nowNanos);
        }
    }

    void onPing(long nowNanos) {
        pingNanos = nowNanos;
    }

    /** Returns when the next step is due. */
    long nextStepNanos() {
        return nextStepNanos;
    }

    /** Returns whether the peer has been silent for longer than it may. */
    boolean isSilent(long nowNanos) {
        return nowNanos - heardNanos >= idleNanos;
    }

    /** Takes a step; returns whether there is anything to look at. */
    boolean step(boolean sending, long nowNanos) {
        boolean busy = sending || nowNanos - busyNanos <= QUIET_STEPS * stepNanos;
        nextStepNanos = busy ? nextOnGrid(nowNanos) : heardNanos + idleNanos;
        return busy;
    }

    /** Steps stay on one grid, also over a time of quiet, or the seasons of what is sampled would drift. */
    private long nextOnGrid(long nowNanos) {
        return nowNanos + stepNanos - Math.floorMod(nowNanos - originNanos, stepNanos);
    }

    /** Returns whether the round-trip time has not been measured for a while. */
    boolean wantsPing(long nowNanos) {
        return nowNanos - pingNanos >= RTT_REFRESH_NANOS;
    }
}
