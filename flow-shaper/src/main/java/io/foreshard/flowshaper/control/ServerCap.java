package io.foreshard.flowshaper.control;

import static io.foreshard.flowshaper.spi.DelayCalculator.UNLIMITED;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.runtime.WindowedMax;

/**
 * The outer loop: bounds the rate while the server at the end of the path is overloaded. Load is an effect that comes late, so it only
 * decides whether to bound; where the bound starts is what the server is seen to take. Adjusted at least eight times more slowly than the inner
 * loop, and once per sample at most, so that the two do not meet. Not safe for use by several threads.
 */
final class ServerCap {

    private static final double LOOPS_PER_PERIOD = 8;
    private static final double SAMPLES_PER_PERIOD = 2;
    private static final double LEAST_PERIOD_NANOS = 200e6;
    private static final double STALE_PERIODS = 3;
    private static final double FASTEST = 1e15;
    private static final double LEAST_RATIO = 0.75;
    private static final double MOST_RATIO = 2;
    private static final double UNSEEN_RATIO = 1.04;
    /** Above this, load says no more than that the server is busy. */
    private static final double SATURATED = 0.98;
    /** Of what it is known to manage, a server gets so much at once, and more in small steps. */
    private static final double SAFE_SHARE = 0.9;

    private static final double PROBING_RATIO = 1.01;
    /** Of the target: a server that has so much room may manage more than is known. */
    private static final double EASY_SHARE = 0.6;

    private static final double EASY_RATIO = 1.1;
    /** Of the target: a server that has that much was slow when it became saturated, and is not any more. */
    private static final double IDLE_SHARE = 0.25;

    private static final double DISPROVED = 1.5;
    private static final long BEST_WINDOW_NANOS = 60_000_000_000L;
    private static final double DEAD_BAND = 0.02;
    private static final double ENGAGING_ABOVE = 0.05;
    private static final double RESTING_BELOW = 0.1;
    private static final double PERIODS_OF_REST = 4;

    private final double target;
    private final double baseRate;
    private final double leastRate;
    private final RecentHits overload = new RecentHits();
    private final WindowedMax best = new WindowedMax(BEST_WINDOW_NANOS);
    private double cap = UNLIMITED;
    /** The cap at which it became saturated; NaN when not known. */
    private double saturatedAt = Double.NaN;

    private boolean saturated;
    private long clockNanos;
    private double taken = Double.NaN;
    private long ageBefore = Long.MAX_VALUE;
    private double sinceSampleNanos;
    private double intervalNanos;
    private double sinceAdjustedNanos;
    private double restingNanos;

    ServerCap(double target, double baseRate, double leastRate) {
        this.target = target;
        this.baseRate = baseRate;
        this.leastRate = leastRate;
    }

    double step(BottleneckView view, double loopNanos, long elapsedNanos) {
        boolean renewed = isRenewed(view.loadAgeNanos(), elapsedNanos);
        double period = Math.max(
                LEAST_PERIOD_NANOS, Math.max(LOOPS_PER_PERIOD * loopNanos, SAMPLES_PER_PERIOD * intervalNanos));
        learnTaken(view.releaseBytesPerSecond(), elapsedNanos / period);
        clockNanos += elapsedNanos;
        if (view.servedBytesPerSecond() > 0 && view.servedBytesPerSecond() < FASTEST) {
            best.update(clockNanos, (long) view.servedBytesPerSecond());
        }
        sinceAdjustedNanos += elapsedNanos;
        double load = view.serverLoad();
        if (!(load >= 0) || sinceSampleNanos > STALE_PERIODS * period) {
            overload.clear();
            forget(view, period);
        } else if (renewed) {
            overload.add(load > target + ENGAGING_ABOVE);
            adjust(view, Math.min(1, load), period);
        }
        rest(view, load, elapsedNanos, period);
        return cap;
    }

    /** A sample that nobody has renewed is older by the time that passed. */
    private boolean isRenewed(long ageNanos, long elapsedNanos) {
        sinceSampleNanos += elapsedNanos;
        boolean renewed = ageNanos < ageBefore || ageNanos - ageBefore < elapsedNanos / 2;
        if (renewed && ageNanos != Long.MAX_VALUE) {
            intervalNanos += (Math.min(sinceSampleNanos, STALE_PERIODS * 60e9) - intervalNanos) / 8;
            sinceSampleNanos = 0;
        }
        ageBefore = ageNanos;
        return renewed && ageNanos != Long.MAX_VALUE;
    }

    private void learnTaken(double releaseBytesPerSecond, double share) {
        if (releaseBytesPerSecond >= 0 && releaseBytesPerSecond < FASTEST) {
            taken = taken >= 0 ? taken - Math.expm1(-share) * (releaseBytesPerSecond - taken) : releaseBytesPerSecond;
        }
    }

    private void adjust(BottleneckView view, double load, double period) {
        if (cap == UNLIMITED) {
            if (overload.areEnough() && taken > 0) {
                saturate(load);
                set(Math.min(taken * target / load, drained(view, load)));
            }
        } else if (sinceAdjustedNanos >= period && Math.abs(load - target) > DEAD_BAND) {
            saturate(load);
            set(load > target ? Math.min(cap * target / load, drained(view, load)) : cap * growth(view, load));
        }
    }

    /** Notes what the server was given when it became saturated. What it is given while it is, says nothing of it. */
    private void saturate(double load) {
        boolean now = load >= SATURATED;
        if (now && !saturated) {
            saturatedAt = Math.min(cap, taken);
        }
        saturated = now;
    }

    /**
     * A saturated server may have a long line of its own, and looks the same whether it is asked for a little too much or has collapsed. So
     * it gets less than it gets done, or a quarter less than before where nobody tells, until it has emptied its line.
     */
    private double drained(BottleneckView view, double load) {
        if (load < SATURATED) {
            return UNLIMITED;
        }
        double served = view.servedBytesPerSecond();
        return LEAST_RATIO * (served > 0 ? Math.min(cap, served) : Math.min(cap, taken));
    }

    /**
     * Half of the way up on a scale of ratios, as load is still rising from the last step; beyond what the server is known to manage, in
     * small steps.
     */
    private double growth(BottleneckView view, double load) {
        if (view.backlogBytes() == 0) {
            return 1;
        }
        double whole = Math.min(MOST_RATIO, Math.sqrt(target / load));
        if (cap > DISPROVED * saturatedAt) {
            saturatedAt = Double.NaN;
        }
        long served = best.get(clockNanos);
        double known = served > 0 ? (double) served : saturatedAt;
        if (load < IDLE_SHARE * target || !(cap * whole > SAFE_SHARE * known)) {
            return whole;
        }
        double beyond = load < EASY_SHARE * target ? EASY_RATIO : PROBING_RATIO;
        return Math.min(whole, Math.max(beyond, SAFE_SHARE * known / cap));
    }

    private void set(double rate) {
        cap = Math.max(leastRate, rate);
        sinceAdjustedNanos = 0;
    }

    /** Without news the cap goes to the base rate; where none is set, up until nothing waits for it. */
    private void forget(BottleneckView view, double period) {
        if (cap == UNLIMITED || sinceAdjustedNanos < period) {
            return;
        }
        if (baseRate > 0) {
            set(cap * Math.max(LEAST_RATIO, Math.min(UNSEEN_RATIO, baseRate / cap)));
        } else if (view.backlogBytes() > 0) {
            set(cap * UNSEEN_RATIO);
        } else {
            lift();
        }
    }

    private void rest(BottleneckView view, double load, long elapsedNanos, double period) {
        boolean resting = load < target - RESTING_BELOW && view.backlogBytes() == 0;
        restingNanos = resting ? restingNanos + elapsedNanos : 0;
        if (restingNanos > PERIODS_OF_REST * period) {
            lift();
        }
    }

    private void lift() {
        cap = UNLIMITED;
        overload.clear();
        restingNanos = 0;
    }
}
