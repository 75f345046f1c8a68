package io.foreshard.addrsharding.demand;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.runtime.Checks;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Foresees how many addresses of a subdivision are asked for within one lead time: what must be in stock so that a refill that is ordered at
 * any time of a step comes before the stock is used up: the most that is asked for within any lead time that ends in the step. A high quantile of it is mostly bursts, of which a forecast of means knows little; so the quantile itself is learnt, from how
 * many were asked for lately and at the same time of earlier hours and days, and from what a forecaster of that says, if there is one (linear
 * quantile regression: Koenker and Bassett, Econometrica 46, 1978). Learns from the third day on, and nothing of what is hardly ever asked for.
 *
 * <p>Memory is fixed: examples of two weeks, 52 bytes a step for each step ahead; half a megabyte at steps of five minutes. Twelve times a day an update takes
 * some milliseconds for learning. Confined to one thread. Deterministic but for the forecaster.
 */
public final class LeadTimeDemand {

    private static final int WEEKS = 2;
    private static final int HALF_LIFE_DAYS = 3;
    private static final int DAYS_BEFORE_LEARNING = 2;
    private static final int FITS_PER_DAY = 12;
    private static final int FIRST_PASSES = 600;
    private static final int PASSES = 15;
    private static final double FIRST_RATE = 0.02;
    private static final double RATE = 0.01;
    /** How many times as many misses the lower learnt quantile allows, and the higher one so many times fewer. */
    private static final double MISS_SPREAD = 2;
    /** With fewer steps in which anything was asked for a high quantile is not to be learnt. */
    private static final int LEAST_BUSY = 100;

    private final double level;
    private final double[] levels;
    private final @Nullable Forecaster forecaster;
    private final PeakFeatures features;
    private final StepHistory totals;
    private final StepHistory peaks;
    private final Ahead[] steps;
    private boolean fitted;

    /** What is learnt for one step ahead. */
    private static final class Ahead {

        final QuantileRegression regression;
        final ArrayDeque<double[]> waiting = new ArrayDeque<>();
        double[] newest = new double[PeakFeatures.COUNT];

        Ahead(QuantileRegression regression) {
            this.regression = regression;
        }
    }

    /**
     * Makes a model that knows nothing.
     *
     * @param stepMillis how long a step is, a minute up to a day
     * @param horizonSteps how many steps ahead are foreseen, 1…16
     * @param level which quantile, in (0, 1): the share of steps in which it is to be enough
     * @param forecaster of how many are asked for in a step, or null for none; belongs to this from now on
     * @throws IllegalArgumentException if a value is out of range
     */
    public LeadTimeDemand(long stepMillis, int horizonSteps, double level, @Nullable Forecaster forecaster) {
        Checks.inRange("stepMillis", stepMillis, 60_000, 86_400_000);
        Checks.inRange("horizonSteps", horizonSteps, 1, 16);
        this.level = Checks.inRange("level", level, 0.01, 0.9999);
        levels = new double[] {1 - MISS_SPREAD * (1 - level), 1 - (1 - level) / MISS_SPREAD};
        this.forecaster = forecaster;
        features = new PeakFeatures(stepMillis);
        int kept = WEEKS * features.week();
        totals = new StepHistory(kept + features.day());
        peaks = new StepHistory(features.day());
        steps = new Ahead[horizonSteps];
        for (int i = 0; i < horizonSteps; i++) {
            steps[i] = new Ahead(
                    new QuantileRegression(levels, PeakFeatures.COUNT, kept, HALF_LIFE_DAYS * features.day()));
        }
    }

    /**
     * Takes the samples of a step; {@link Double#NaN} when not known.
     *
     * @param total how many addresses were asked for in it, not negative
     * @param peak the most that was asked for within any lead time that ended in it, not negative
     */
    public void observe(double total, double peak) {
        boolean known = peak >= 0 && peak < Double.POSITIVE_INFINITY;
        for (int i = 0; i < steps.length; i++) {
            learn(steps[i], i + 1, known ? peak : Double.NaN);
        }
        boolean counted = total >= 0 && total < Double.POSITIVE_INFINITY;
        totals.add(counted ? total : Double.NaN);
        peaks.add(known ? peak : Double.NaN);
        fit();
        Forecast forecast = null;
        if (forecaster != null) {
            forecaster.update(counted ? total : Double.NaN);
            forecast = forecaster.forecast(steps.length);
        }
        for (int i = 0; i < steps.length; i++) {
            steps[i].newest = new double[PeakFeatures.COUNT];
            features.write(totals, i + 1, forecast, steps[i].newest);
        }
    }

    private void learn(Ahead ahead, int stepsAhead, double peak) {
        ahead.waiting.add(ahead.newest);
        if (ahead.waiting.size() >= stepsAhead) {
            double[] example = ahead.waiting.remove();
            // Features of the first day lack what was at the same time before.
            if (!Double.isNaN(peak) && totals.count() >= features.day() + stepsAhead) {
                ahead.regression.add(example, peak);
            }
        }
    }

    private void fit() {
        int interval = Math.max(1, features.day() / FITS_PER_DAY);
        if (totals.count() < (long) DAYS_BEFORE_LEARNING * features.day()
                || totals.count() % interval != 0
                || steps[0].regression.above() < LEAST_BUSY) {
            return;
        }
        for (Ahead ahead : steps) {
            ahead.regression.fit(fitted ? PASSES : FIRST_PASSES, fitted ? RATE : FIRST_RATE);
        }
        fitted = true;
    }

    /** Returns whether anything was learnt. */
    public boolean isFitted() {
        return fitted;
    }

    /** Returns how many steps ahead are foreseen. */
    public int horizonSteps() {
        return steps.length;
    }

    /**
     * Returns a quantile of a coming step's peak, between one that twice the share of steps exceeds and one that half of it exceeds. Both are learnt, as
     * what lies between them is surer than either.
     *
     * @param stepsAhead 1 for the step after the newest sample, up to {@link #horizonSteps()}
     * @param height 0 for the lower one, 1 for the higher one, 0.5 for about the configured level
     * @return not negative; {@link Double#NaN} while nothing was learnt
     */
    public double quantile(int stepsAhead, double height) {
        if (!fitted) {
            return Double.NaN;
        }
        Ahead ahead = steps[stepsAhead - 1];
        double low = ahead.regression.predict(0, ahead.newest);
        double high = ahead.regression.predict(1, ahead.newest);
        return low + height * (high - low);
    }

    /**
     * Returns the same quantile of the peaks that were, which supposes nothing: the reactive twin.
     *
     * @param newestSteps of how many steps, at most a day
     * @return not negative; 0 without samples
     */
    public double recentQuantile(int newestSteps) {
        return peaks.quantile(level, newestSteps);
    }
}
