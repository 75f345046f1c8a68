package io.foreshard.forecast.decomposition;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The inner and outer loop of STL on one series (Cleveland et al. 1990, sections 2.1 to 2.4), with the memory they need. The presence
 * holds 0 for missing and 1 for other samples; null when none is missing.
 */
final class StlPass {

    private final int period;
    private final Loess seasonLoess;
    private final Loess trendLoess;
    private final Loess lowPassLoess;
    private final int count;
    private final double @Nullable [] presence;
    private final double[] trend;
    private final double[] season;
    private final double[] work;
    private final double[] cycles;
    private final double[] averaged;
    private final double[] phaseValues;
    private final double[] phaseWeights;
    private final double[] phaseSmooth;

    StlPass(int period, Loess season, Loess trend, Loess lowPass, int count, double @Nullable [] presence) {
        this.period = period;
        seasonLoess = season;
        trendLoess = trend;
        lowPassLoess = lowPass;
        this.count = count;
        this.presence = presence;
        this.trend = new double[count];
        this.season = new double[count];
        work = new double[count];
        cycles = new double[count + 2 * period];
        averaged = new double[count + 2 * period];
        int phaseCount = (count + period - 1) / period;
        phaseValues = new double[phaseCount];
        phaseWeights = new double[phaseCount];
        phaseSmooth = new double[phaseCount + 2];
    }

    double[] trend() {
        return trend;
    }

    double[] season() {
        return season;
    }

    /** Decomposes; the values are complete, missing ones filled in. */
    void run(double[] values, int inner, int outer) {
        Arrays.fill(trend, 0);
        loop(values, inner, presence);
        double[] weights = outer > 0 ? new double[count] : null;
        for (int round = 0; weights != null && round < outer; round++) {
            weigh(values, weights);
            loop(values, inner, weights);
        }
    }

    private void loop(double[] values, int inner, double @Nullable [] weights) {
        for (int round = 0; round < inner; round++) {
            for (int i = 0; i < count; i++) {
                work[i] = values[i] - trend[i];
            }
            smoothPhases(weights);
            lowPass();
            for (int i = 0; i < count; i++) {
                season[i] = cycles[period + i] - work[i];
                work[i] = values[i] - season[i];
            }
            trendLoess.smooth(work, count, weights, trend, 0);
        }
    }

    /** Smooths the values of each phase and extends each by one at both ends. */
    private void smoothPhases(double @Nullable [] weights) {
        for (int phase = 0; phase < period; phase++) {
            int length = (count - phase + period - 1) / period;
            gather(work, phase, length, phaseValues);
            double[] own = null;
            if (weights != null) {
                gather(weights, phase, length, phaseWeights);
                own = phaseWeights;
            }
            seasonLoess.smooth(phaseValues, length, own, phaseSmooth, 1);
            extend(length, own);
            for (int i = 0; i < length + 2; i++) {
                cycles[phase + i * period] = phaseSmooth[i];
            }
        }
    }

    private void gather(double[] from, int phase, int length, double[] to) {
        for (int i = 0; i < length; i++) {
            to[i] = from[phase + i * period];
        }
    }

    private void extend(int length, double @Nullable [] weights) {
        int size = Math.min(seasonLoess.window(), length);
        double before = seasonLoess.fit(phaseValues, length, weights, -1, 0, size - 1);
        double after = seasonLoess.fit(phaseValues, length, weights, length, length - size, length - 1);
        phaseSmooth[0] = Double.isNaN(before) ? phaseSmooth[1] : before;
        phaseSmooth[length + 1] = Double.isNaN(after) ? phaseSmooth[length] : after;
    }

    /** Writes to work what of the cycles is slower than the season. */
    private void lowPass() {
        int length = count + 2 * period;
        average(cycles, length, period, averaged);
        average(averaged, length - period + 1, period, averaged);
        average(averaged, length - 2 * period + 2, 3, averaged);
        lowPassLoess.smooth(averaged, count, null, work, 0);
    }

    /** Moving averages; in place is fine, since what leaves the sum is read before it is overwritten. */
    private static void average(double[] values, int length, int size, double[] out) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += values[i];
        }
        for (int i = 0; i + size < length; i++) {
            double leaving = values[i];
            out[i] = sum / size;
            sum += values[i + size] - leaving;
        }
        out[length - size] = sum / size;
    }

    /** Bisquare weights of the remainders over six times their median. */
    private void weigh(double[] values, double[] weights) {
        for (int i = 0; i < count; i++) {
            weights[i] = Math.abs(values[i] - trend[i] - season[i]);
        }
        double reach = 6 * medianOfPresent(weights);
        for (int i = 0; i < count; i++) {
            weights[i] = bisquare(weights[i], reach) * (presence == null ? 1 : presence[i]);
        }
    }

    private double medianOfPresent(double[] values) {
        int present = 0;
        for (int i = 0; i < count; i++) {
            if (presence == null || presence[i] > 0) {
                work[present] = values[i];
                present++;
            }
        }
        Arrays.sort(work, 0, present);
        return (work[present / 2] + work[(present - 1) / 2]) / 2;
    }

    private static double bisquare(double residual, double reach) {
        if (residual <= 0.001 * reach) {
            return 1;
        }
        if (residual > 0.999 * reach) {
            return 0;
        }
        double share = residual / reach;
        return (1 - share * share) * (1 - share * share);
    }
}
