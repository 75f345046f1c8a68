package io.foreshard.flowshaper.control;

import static io.foreshard.flowshaper.spi.DelayCalculator.UNLIMITED;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.RateCause;

/**
 * The inner loop: holds the bottleneck's queue at a target by the rate at which it is filled, while it is congested. Not safe for use
 * by several threads.
 */
final class RateLoop {

    /** Proportional gain, in units of one over the loop delay. */
    private static final double GAIN = 0.8;

    private static final double LEAST_FACTOR = 0.25;
    private static final double MOST_FACTOR = 1.25;
    /** In one loop delay. */
    private static final double PASSING_GROWTH = 0.5;

    /** What another shaper holds at the target must be seen here as congestion too, or this one would take all. */
    private static final double ENGAGING_SHARE = 0.75;

    private static final double BUSY_SHARE = 0.25;
    private static final double CALM_SHARE = 0.5;
    private static final double CALM_LOOPS = 4;
    private static final double STALE_LOOPS = 6;
    /** In one loop delay. */
    private static final double BLIND_GROWTH = 0.015;

    private static final double FULL_USE = 0.95;
    private static final double LONGEST_LOOP_NANOS = 60e9;
    private static final double LONGEST_QUEUE_NANOS = 3600e9;
    private static final double FASTEST = 1e15;

    private final QueueTarget target;
    private final double baseRate;
    private final double leastRate;
    private final QueueModel model = new QueueModel();
    private final RecentHits congestion = new RecentHits();
    private final CapacityProbe probe = new CapacityProbe();
    private final VainEffort vain = new VainEffort();
    private boolean engaged;
    private boolean blind;
    private long changedNanos;
    private double calmNanos;
    private double baseNanos = Double.NaN;
    private double passedBefore = Double.NaN;
    private double busySinceNanos = Double.NaN;
    private double busyFromNanos;
    private double rate = UNLIMITED;

    RateLoop(QueueTarget target, double baseRate, double leastRate) {
        this.target = target;
        this.baseRate = baseRate;
        this.leastRate = leastRate;
    }

    void restart(long nowNanos) {
        model.restart(nowNanos);
        congestion.clear();
        probe.reset();
        vain.restart();
        changedNanos = nowNanos;
        calmNanos = 0;
        busySinceNanos = Double.NaN;
    }

    boolean isStarted() {
        return !model.isEmpty();
    }

    static double loopNanos(BottleneckView view) {
        double least = Math.max(1, view.stepNanos());
        return Math.max(least, Math.min(LONGEST_LOOP_NANOS, (double) view.loopDelayNanos()));
    }

    double step(BottleneckView view, long nowNanos, long elapsedNanos) {
        double loop = loopNanos(view);
        double horizon = Math.max(0, loop - view.stepNanos());
        model.depart(nowNanos, known(view.releaseBytesPerSecond()) * elapsedNanos / 1e9, horizon);
        double queue = Math.min(LONGEST_QUEUE_NANOS, view.queueDelayNanos());
        blind = !(queue >= 0) || view.pathAgeNanos() > STALE_LOOPS * loop;
        if (blind) {
            rate = withoutSight(view, nowNanos, elapsedNanos, loop);
            return rate;
        }
        if (hasPathBecomeLonger(view, loop)) {
            release(nowNanos);
        }
        congestion.add(queue > ENGAGING_SHARE * target.baseNanos(loop));
        if (engaged) {
            correct(view, nowNanos, elapsedNanos, loop, horizon, queue);
        } else {
            lieInWait(view, nowNanos, loop, horizon, queue);
        }
        rate = engaged
                ? Math.max(leastRate, engagedRate(view, nowNanos, elapsedNanos, loop))
                : passingRate(view, elapsedNanos, loop);
        return rate;
    }

    /** What was held against was no queue, so what was learnt of the capacity meanwhile is wrong. */
    private boolean hasPathBecomeLonger(BottleneckView view, double loop) {
        double before = baseNanos;
        baseNanos = view.baseLatencyNanos();
        return baseNanos - before > target.baseNanos(loop);
    }

    /** Returns why the newest rate was what it was. */
    RateCause cause(long nowNanos) {
        if (engaged) {
            return blind ? RateCause.NO_SIGHT : RateCause.PATH_QUEUE;
        }
        if (vain.isResting(nowNanos)) {
            return RateCause.FOREIGN_QUEUE;
        }
        // What piled up goes on by and by.
        return rate < UNLIMITED ? RateCause.PATH_QUEUE : RateCause.NOT_NEEDED;
    }

    /** Beyond what any network passes, arithmetic fails before the network does. */
    private static double known(double bytesPerSecond) {
        return bytesPerSecond > 0 && bytesPerSecond < Double.POSITIVE_INFINITY ? Math.min(FASTEST, bytesPerSecond) : 0;
    }

    /** A loop that sees nothing goes back to the base rate, or to the capacity where none is set; never towards 0. */
    private double withoutSight(BottleneckView view, long nowNanos, long elapsedNanos, double loop) {
        congestion.clear();
        double base = baseRate > 0 ? baseRate : known(view.capacityBytesPerSecond());
        if (!engaged || !(base > 0)) {
            release(nowNanos);
            return UNLIMITED;
        }
        double share = -Math.expm1(-elapsedNanos / (CALM_LOOPS * loop));
        double next = Math.max(leastRate, rate + share * (base - rate));
        if (!(baseRate > 0)) {
            // Sight is often lost for a moment, and the highest rate may be that of a burst into empty buffers.
            next = Math.min(next, rate * (1 + BLIND_GROWTH * Math.min(1, elapsedNanos / loop)));
        }
        model.assume(nowNanos, 0, 0, next);
        return next;
    }

    private void lieInWait(BottleneckView view, long nowNanos, double loop, double horizon, double queue) {
        model.assume(nowNanos, horizon, queue, capacityBefore(view, nowNanos, loop, horizon, queue));
        boolean rested = nowNanos - changedNanos >= loop && !vain.isResting(nowNanos);
        if (congestion.areEnough() && rested && model.capacityBytesPerSecond() > 0) {
            engaged = true;
            model.atLeast(leastRate);
            double departed = model.shownBytesSince(nowNanos - loop, nowNanos, 0) * 1e9 / loop;
            passedBefore = Math.min(departed, model.capacityBytesPerSecond());
            vain.begin(passedBefore, leastRate, departed / model.capacityBytesPerSecond());
            changedNanos = nowNanos;
            calmNanos = 0;
            probe.reset();
        }
    }

    /**
     * Returns what the bottleneck passes, as seen before anything is limited. While it is busy: what departed, less what the queue has
     * grown by. While it is not: all that departs, or more.
     */
    private double capacityBefore(BottleneckView view, long nowNanos, double loop, double horizon, double queue) {
        double shown = known(model.shownRate(nowNanos, horizon) * 1e9);
        double highest = Math.max(known(view.capacityBytesPerSecond()), shown);
        if (queue <= BUSY_SHARE * target.baseNanos(loop)) {
            busySinceNanos = Double.NaN;
            return highest;
        }
        if (Double.isNaN(busySinceNanos)) {
            busySinceNanos = nowNanos;
            busyFromNanos = queue;
        }
        double span = nowNanos - busySinceNanos;
        if (span < 2.0 * view.stepNanos()) {
            return highest;
        }
        double grown = Math.max(0, queue - busyFromNanos);
        // Where traffic has just begun, the queue may show before the departures that are thought to show in it.
        double bytes = Math.max(
                model.shownBytesSince(busySinceNanos, nowNanos, horizon),
                model.shownBytesSince(busySinceNanos, nowNanos, 0));
        double passed = bytes * 1e9 / (span + grown);
        // A queue that is not ours tells nothing of what we could have.
        return shown > highest / 2 ? Math.max(leastRate, passed) : highest;
    }

    private void correct(
            BottleneckView view, long nowNanos, long elapsedNanos, double loop, double horizon, double queue) {
        boolean unused = isUnused(view);
        boolean calm = queue < CALM_SHARE * target.baseNanos(loop);
        if (unused && queue <= ENGAGING_SHARE * target.baseNanos(loop)) {
            // Noise would otherwise count as lost capacity, for lack of traffic that could disprove it.
            model.assume(nowNanos, horizon, queue, model.capacityBytesPerSecond());
            model.atLeast(known(model.shownRate(nowNanos, horizon) * 1e9));
        } else {
            model.correct(nowNanos, elapsedNanos, loop, horizon, queue, CALM_SHARE * target.baseNanos(loop));
        }
        model.atLeast(leastRate);
        calmNanos = calm && unused ? calmNanos + elapsedNanos : 0;
        boolean rested = calmNanos > CALM_LOOPS * loop && nowNanos - changedNanos >= loop;
        if (isInVain(nowNanos, elapsedNanos, loop, queue) || rested) {
            release(nowNanos);
        }
    }

    private boolean isInVain(long nowNanos, long elapsedNanos, double loop, double queue) {
        if (queue <= target.baseNanos(loop)) {
            vain.succeed();
        }
        if (queue <= target.mostNanos(loop)) {
            vain.pause();
            return false;
        }
        return vain.isInVain(nowNanos, elapsedNanos, rate, queue, loop);
    }

    private boolean isUnused(BottleneckView view) {
        double arriving = known(view.arrivalBytesPerSecond());
        double held = view.backlogBytes() * 1e9 / Math.max(1, view.stepNanos());
        return held <= 0.5 * arriving && arriving < FULL_USE * model.capacityBytesPerSecond();
    }

    private void release(long nowNanos) {
        if (engaged) {
            engaged = false;
            changedNanos = nowNanos;
            congestion.clear();
        }
        busySinceNanos = Double.NaN;
    }

    /** What has piled up here goes on a little faster than the path passed before, then faster and faster: at once, it would be a queue there. */
    private double passingRate(BottleneckView view, long elapsedNanos, double loop) {
        if (rate == UNLIMITED || view.backlogBytes() == 0 || !(passedBefore > 0)) {
            return UNLIMITED;
        }
        double grown = rate * (1 + PASSING_GROWTH * Math.min(1, elapsedNanos / loop));
        return Math.max(leastRate, Math.max(MOST_FACTOR * passedBefore, grown));
    }

    private double engagedRate(BottleneckView view, long nowNanos, long elapsedNanos, double loop) {
        boolean idle = view.backlogBytes() > 0 && view.queueDelayNanos() < CALM_SHARE * target.baseNanos(loop);
        model.scaleCapacity(probe.factor(idle, elapsedNanos, loop, model.capacityBytesPerSecond() / passedBefore));
        double excess = model.queueNowNanos(nowNanos) - target.nanos(loop, rate);
        double factor = 1 - GAIN * excess / loop;
        return model.capacityBytesPerSecond() * Math.max(LEAST_FACTOR, Math.min(MOST_FACTOR, factor));
    }
}
