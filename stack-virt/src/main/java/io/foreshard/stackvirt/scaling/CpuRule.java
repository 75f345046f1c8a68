package io.foreshard.stackvirt.scaling;

import java.util.Set;

/** Up soon when stacks are throttled, down slowly when the highest use of long is far below; ever more slowly where that goes to and fro. */
final class CpuRule {

    private static final double THROTTLED = 0.1;
    private static final double HARDLY_THROTTLED = 0.01;
    private static final double UP = 1.5;
    private static final double ROOM = 1.5;
    private static final double FAR_BELOW = 0.7;
    private static final double DOWN = 0.8;
    private static final double HELPED = 0.9;
    private static final double FULL = 0.9;
    private static final double MOST_WAITS = 64;
    private static final long NEVER = Long.MIN_VALUE;

    /** The time between a change and taking something away, at first. */
    static final long FIRST_HOLD = 600_000;

    private static final long LONGEST_HOLD = 8 * 3_600_000L;

    private final ResourceBounds bounds;
    private final PeakWindow window = new PeakWindow(ResourceScaling.WINDOW_MILLIS);
    private long changedMillis = NEVER;
    private boolean isRaised;
    private boolean isLowered;
    private double shareBefore = Double.NaN;
    private double waits = 1;
    private long holdMillis = FIRST_HOLD;

    CpuRule(ResourceBounds bounds) {
        this.bounds = bounds;
    }

    void used(long nowMillis, double cpus) {
        if (cpus >= 0) {
            window.add(nowMillis, cpus);
        }
    }

    double highest() {
        double highest = window.highest();
        return highest < 0 ? Double.NaN : highest;
    }

    /** Returns the limit from now on; adds why it changes or does not. A share that is NaN is not known, and changes nothing. */
    double plan(long nowMillis, double cpus, double throttledShare, double usedByAll, Set<ResourceReason> reasons) {
        if (throttledShare > THROTTLED) {
            return raised(nowMillis, cpus, throttledShare, usedByAll, reasons);
        }
        if (!(throttledShare <= HARDLY_THROTTLED)) {
            return cpus;
        }
        waits = 1;
        shareBefore = Double.NaN;
        double needed = window.highest() * ROOM;
        boolean rested = changedMillis == NEVER || nowMillis - changedMillis >= holdMillis;
        if (!rested || !window.isFull(nowMillis) || needed >= cpus * FAR_BELOW) {
            return cpus;
        }
        double lowered = Math.min(cpus, Math.max(bounds.least().cpus(), Math.max(needed, cpus * DOWN)));
        if (lowered < cpus) {
            reasons.add(ResourceReason.CPU_SPARE);
            changedMillis = nowMillis;
            isLowered = true;
            isRaised = false;
        }
        return lowered;
    }

    private double raised(long nowMillis, double cpus, double share, double usedByAll, Set<ResourceReason> reasons) {
        if (cpus >= bounds.mostCpus()) {
            reasons.add(ResourceReason.AT_MOST);
            return cpus;
        }
        if (usedByAll >= FULL * bounds.processors()) {
            reasons.add(ResourceReason.MACHINE_FULL);
            return cpus;
        }
        if (isRaised && shareBefore > 0) {
            waits = share > HELPED * shareBefore ? Math.min(MOST_WAITS, 2 * waits) : 1;
            shareBefore = Double.NaN;
        }
        if (changedMillis != NEVER && nowMillis - changedMillis < waits * ResourceScaling.PAUSE_MILLIS) {
            reasons.add(ResourceReason.CPU_RAISE_IN_VAIN);
            return cpus;
        }
        if (isLowered) {
            holdMillis = Math.min(LONGEST_HOLD, 2 * holdMillis);
        }
        reasons.add(ResourceReason.CPU_THROTTLED);
        shareBefore = share;
        changedMillis = nowMillis;
        isRaised = true;
        isLowered = false;
        window.restart();
        return Math.min(bounds.mostCpus(), cpus * UP);
    }
}
