package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.NodeState;

/** What a node has been like: for how long too busy, for how long slower than usual, since when back. */
final class NodeHistory {

    private static final int MOST_DOUBLINGS = 5;

    private final SteadySettings settings;
    private final Baseline latency = new Baseline();
    private final Baseline rate = new Baseline();
    private NodeState state;
    private int busyShards;
    private boolean isAbove;
    private long aboveSinceNanos;
    private boolean isOverloaded;
    private long movedOffNanos;
    private boolean hasGiven;
    private boolean hasGivenDegraded;
    private boolean isFresh;
    private long upSinceNanos;
    private int failures;

    /** Makes the history of a node that is seen for the first time; fresh is one that was not there before. */
    NodeHistory(SteadySettings settings, NodeState state, boolean isFresh, long nowNanos) {
        this.settings = settings;
        this.state = state;
        this.isFresh = isFresh;
        this.upSinceNanos = nowNanos;
    }

    void observe(NodeState seen, int busy, double busyBytesPerSecond, long nowNanos) {
        boolean wasUp = state.isUp();
        state = seen;
        observeUp(wasUp, nowNanos);
        observeLoad(nowNanos);
        latency.observe(seen.metrics().latencyNanos(), settings.degradedFactor(), true, nowNanos);
        if (busy != busyShards) {
            // Another number of shards gets another sum; it tells nothing of the node.
            rate.forget();
            busyShards = busy;
        }
        rate.observe(busy == 0 ? Double.NaN : busyBytesPerSecond, settings.degradedFactor(), false, nowNanos);
        observeRecovery(nowNanos);
    }

    /** What left because of it may come back, unless the node is as slow as ever and only counts as usual now. */
    private void observeRecovery(long nowNanos) {
        if (hasGivenDegraded && !isDegraded(nowNanos)) {
            hasGivenDegraded = false;
            isFresh = !latency.hasGivenIn() && !rate.hasGivenIn();
            failures = Math.min(failures + 1, MOST_DOUBLINGS);
            upSinceNanos = nowNanos;
        }
    }

    private void observeUp(boolean wasUp, long nowNanos) {
        if (state.isUp() && !wasUp) {
            isFresh = true;
            upSinceNanos = nowNanos;
            latency.forget();
            rate.forget();
        } else if (!state.isUp() && wasUp) {
            boolean isAgain = nowNanos - upSinceNanos < patienceNanos() * 2;
            failures = isAgain ? Math.min(failures + 1, MOST_DOUBLINGS) : 0;
        }
    }

    private void observeLoad(long nowNanos) {
        boolean wasAbove = isAbove;
        isAbove = pressure() > settings.enterLoad();
        if (isAbove && !wasAbove) {
            aboveSinceNanos = nowNanos;
        }
        isOverloaded = isOverloaded
                ? !(pressure() < settings.leaveLoad())
                : isAbove && nowNanos - aboveSinceNanos >= settings.dwellNanos();
    }

    NodeState state() {
        return state;
    }

    /** Returns the load that it has or is about to have, whichever is more; {@link Double#NaN} when not known. */
    double pressure() {
        double now = state.load();
        double soon = state.expectedLoad();
        return Double.isNaN(soon) || now > soon ? now : soon;
    }

    boolean isOverloadForeseen() {
        return !(state.load() > settings.enterLoad()) && state.expectedLoad() > settings.enterLoad();
    }

    /** Whether it is to give now; what it gave shows only after a while. */
    boolean mayGive(long nowNanos) {
        return !hasGiven || nowNanos - movedOffNanos >= settings.dwellNanos();
    }

    void gave(long nowNanos) {
        hasGiven = true;
        hasGivenDegraded = isDegraded(nowNanos);
        movedOffNanos = nowNanos;
    }

    boolean isOverloaded() {
        return isOverloaded;
    }

    boolean isDegraded(long nowNanos) {
        return latency.isFarFor(settings.dwellNanos(), nowNanos) || rate.isFarFor(settings.dwellNanos(), nowNanos);
    }

    /** Whether it is new or back, and has stayed for long enough. */
    boolean isToBeTakenUp(long nowNanos) {
        return isFresh && state.isUp() && nowNanos - upSinceNanos >= patienceNanos();
    }

    private long patienceNanos() {
        return settings.recoveryDwellNanos() << failures;
    }

    void takenUp() {
        isFresh = false;
    }
}
