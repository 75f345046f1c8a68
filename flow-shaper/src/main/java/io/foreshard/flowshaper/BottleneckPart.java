package io.foreshard.flowshaper;

import io.foreshard.flowshaper.scheduling.BottleneckQueue;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;

/**
 * One bottleneck on one event loop. The control step grants a lease here, the loop follows it and says so; both publish whole values,
 * by one volatile write each.
 */
final class BottleneckPart implements RateLeases.Lease {

    /** A loop that says nothing for so many control steps is blocked, or has so much to do that what it was granted means little. */
    private static final int PATIENT_STEPS = 10;

    private final ShaperLoop loop;
    private final BottleneckQueue queue;
    private final PacedChannels paced = new PacedChannels();
    private volatile Report report;
    private volatile Recall recall = new Recall(0, DelayCalculator.UNLIMITED);

    /* Of the control step. */
    private Report taken;
    private PartTotals lastStep = PartTotals.NONE;
    private double granted;
    private long grants;
    private int silentSteps;

    /**
     * What the loop has done.
     *
     * @param totals since the start
     * @param appliedRate the lease that it follows, in bytes per second
     * @param grants how many leases it was granted until then
     */
    private record Report(PartTotals totals, double appliedRate, long grants) {}

    /**
     * What is left of leases to which the loop did not come in time.
     *
     * @param grants up to which lease
     * @param mostRate bytes per second
     */
    private record Recall(long grants, double mostRate) {}

    BottleneckPart(ShaperLoop loop, BottleneckQueue queue, double firstLease) {
        this.loop = loop;
        this.queue = queue;
        this.report = new Report(PartTotals.NONE, firstLease, 0);
        this.taken = report;
        this.granted = firstLease;
    }

    ShaperLoop loop() {
        return loop;
    }

    BottleneckQueue queue() {
        return queue;
    }

    /** Returns the channels here whose packets wait beneath; on the loop. */
    PacedChannels paced() {
        return paced;
    }

    /** Returns what the loop did between its last two reports; control step only, as all that follows up to {@link #follow}. */
    PartTotals takeReport() {
        Report newest = report;
        lastStep = newest.totals.minus(taken.totals);
        taken = newest;
        silentSteps = isSettled() ? 0 : silentSteps + 1;
        return lastStep;
    }

    /**
     * Takes back what a silent loop holds above an equal share, which it may follow when it wakes; so that others are not short of what it
     * does not use, however much it was granted, and a loop that is always late is not left without. By its old lease it may still send
     * what it comes to before it comes to this.
     *
     * @param share of the rate now in force, in bytes per second
     */
    void recallIfSilent(double share) {
        if (silentSteps >= PATIENT_STEPS) {
            recall = new Recall(grants, share);
        }
    }

    private boolean isRecalled() {
        return !isSettled() && recall.grants == grants;
    }

    @Override
    public double demandBytes() {
        return isRecalled() ? 0 : (double) lastStep.backlogBytes() + lastStep.arrivedBytes();
    }

    @Override
    public double heldRate() {
        if (isSettled()) {
            return taken.appliedRate;
        }
        double most = isRecalled() ? recall.mostRate : DelayCalculator.UNLIMITED;
        return Math.min(most, Math.max(taken.appliedRate, granted));
    }

    @Override
    public boolean isSettled() {
        return taken.grants == grants;
    }

    @Override
    public void grant(double rate) {
        granted = rate;
    }

    /** Hands the loop its lease and the newest view, unless it has not come to the one before. */
    void post(DelayCalculator calculator, BottleneckView view) {
        if (!isSettled()) {
            return;
        }
        grants++;
        double lease = granted;
        long number = grants;
        try {
            loop.executor().execute(() -> follow(calculator, view, lease, number));
        } catch (RuntimeException refused) {
            // The loop was shut down, and what waited there went with it.
            report = new Report(taken.totals.withoutBacklog(), 0, number);
        }
    }

    /** Ends every limit, whatever was granted. */
    void lift(DelayCalculator unshaped, BottleneckView view) {
        grants++;
        long number = grants;
        try {
            loop.executor().execute(() -> follow(unshaped, view, DelayCalculator.UNLIMITED, number));
        } catch (RuntimeException | Error unreachable) {
            // Shut down, and what waited there went with it; or broken, which must not keep the limits of others in
            // force.
            report = new Report(taken.totals.withoutBacklog(), 0, number);
        }
    }

    /** On the loop: follows a lease. */
    private void follow(DelayCalculator calculator, BottleneckView view, double posted, long number) {
        long now = loop.nowNanos();
        Recall recalled = recall;
        double lease = number <= recalled.grants ? Math.min(posted, recalled.mostRate) : posted;
        try {
            queue.update(calculator, view, lease, now);
            paced.follow(lease);
            loop.forgetIdle(now);
            loop.arm();
        } catch (RuntimeException | Error fault) {
            loop.fail(fault);
        }
        report = new Report(totals(), lease, number);
    }

    private PartTotals totals() {
        return new PartTotals(
                queue.arrivedBytes(),
                queue.releasedBytes(),
                queue.releasedPackets(),
                queue.waitedNanos(),
                queue.backlogBytes());
    }
}
