package io.foreshard.flowshaper.control;

import static io.foreshard.flowshaper.spi.DelayCalculator.UNLIMITED;

import io.foreshard.flowshaper.spi.BottleneckView;

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
    private static final double DEAD_BAND = 0.02;
    private static final double ENGAGING_ABOVE = 0.05;
    private static final double RESTING_BELOW = 0.1;
    private static final double PERIODS_OF_REST = 4;

    private final double target;
    private final double baseRate;
    private final double leastRate;
    private final RecentHits overload = new RecentHits();
    private double cap = UNLIMITED;
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
                set(taken * target / load);
            }
        } else if (sinceAdjustedNanos >= period && Math.abs(load - target) > DEAD_BAND) {
            double most = view.backlogBytes() > 0 ? MOST_RATIO : 1;
            set(cap * Math.max(LEAST_RATIO, Math.min(most, ratio(load))));
        }
    }

    /**
     * Down by all that load is too high, as load ends at 1 whatever the overload. Up by half of the way on a scale of ratios, as load is
     * still rising from the last step: a server that is nearly idle gets twice as much, one near its target a few percent.
     */
    private double ratio(double load) {
        double whole = target / load;
        return whole > 1 ? Math.sqrt(whole) : whole;
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
