package io.foreshard.forecast.decision;

import io.foreshard.coreapi.Forecast;
import java.util.OptionalInt;

/** When and how likely single steps exceed a threshold. */
public final class Exceedance {

    private Exceedance() {}

    /**
     * Returns the probability that demand of a step exceeds a threshold.
     *
     * @param forecast of demand, with at least 2 quantile levels
     * @param threshold such as a capacity
     * @param step 1 for the next step, up to the horizon
     * @return 0…1
     * @throws IllegalArgumentException if the forecast has too few levels, the threshold is NaN or the step is out of range
     */
    public static double probability(Forecast forecast, double threshold, int step) {
        Checks.requireNumber("threshold", threshold);
        return QuantileCurve.of(forecast, step).exceedProbability(threshold);
    }

    /**
     * Returns the first step at which a quantile of demand reaches a threshold: the time that is left with some certainty. With a high
     * level it is early and careful, with a low one late and sure.
     *
     * @param forecast of demand, with at least 2 quantile levels
     * @param level of the quantile, in (0, 1), such as 0.9
     * @param threshold such as a capacity
     * @return 1 for the next step; empty when no step of the horizon reaches it
     * @throws IllegalArgumentException if the forecast has too few levels, the level is out of range or the threshold is NaN
     */
    public static OptionalInt firstStep(Forecast forecast, double level, double threshold) {
        Checks.requireNumber("threshold", threshold);
        double[] quantiles = Newsvendor.provision(forecast, level);
        for (int i = 0; i < quantiles.length; i++) {
            if (quantiles[i] >= threshold) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }
}
