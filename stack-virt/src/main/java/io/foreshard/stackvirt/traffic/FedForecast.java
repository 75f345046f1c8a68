package io.foreshard.stackvirt.traffic;

import java.util.List;

/**
 * What somebody's forecaster says of the counts of a key: its median and the width between its outer quantiles, by which the quantiles are moved by their own hits like ours. It is
 * preferred while its quantiles of the next slot have cost clearly less than ours in the same slots.
 */
final class FedForecast {

    /** After so many slots it may be preferred. */
    static final int FIRST_SLOTS = 120;

    /** By how much it must be better to be preferred, and no longer is when it is no better at all. */
    private static final double CLEARLY = 0.97;

    private static final double COST_WEIGHT = 0.005;
    private static final double LEAST_SPREAD = 0.2;
    /** How many standard deviations there are between the outer quantiles of the normal distribution. */
    private static final double OUTER = 2.56;

    private static final int REACH = BurstWatch.REACH;

    private final ForecastFeed feed;
    private final QuantileTracker next = new QuantileTracker(1);
    private final QuantileTracker later = new QuantileTracker(REACH);
    private long slot;
    private double center = Double.NaN;
    private int settled;
    private double cost;
    private double ownCost;
    private boolean isPreferred;

    FedForecast(ForecastFeed feed) {
        this.feed = feed;
    }

    /** Takes the count of a slot, and what our own quantiles of it cost. */
    void slot(double count, double costOfOwn, int regime) {
        boolean wasKnown = isKnown();
        feed.slot(slot++, count, REACH);
        center = feed.quantile(0.5, 1);
        if (!isKnown()) {
            next.forget();
            later.forget();
            return;
        }
        next.slot(count, center, spread(1), regime);
        later.slot(count, feed.quantile(0.5, REACH), spread(REACH), regime);
        if (wasKnown) {
            settled = Math.min(1 << 20, settled + 1);
            double weight = Math.max(COST_WEIGHT, 1.0 / settled);
            cost += weight * (next.cost() - cost);
            ownCost += weight * (costOfOwn - ownCost);
        }
        isPreferred = settled >= FIRST_SLOTS && cost < (isPreferred ? 1 : CLEARLY) * ownCost;
    }

    private double spread(int step) {
        double width = (feed.quantile(0.9, step) - feed.quantile(0.1, step)) / OUTER;
        return Math.max(LEAST_SPREAD, width);
    }

    private boolean isKnown() {
        return Double.isFinite(center);
    }

    boolean isPreferred() {
        return isPreferred && isKnown();
    }

    double expected() {
        return Math.max(0, center);
    }

    List<ExpectedQuantile> next() {
        return next.quantiles();
    }

    List<ExpectedQuantile> later() {
        return later.quantiles();
    }
}
