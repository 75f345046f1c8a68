package io.foreshard.forecast.decision;

import io.foreshard.coreapi.Forecast;

/** The greatest demand within a window of steps, for what cannot be changed from step to step. */
public final class WindowMax {

    private static final int BISECTIONS = 100;

    private WindowMax() {}

    /**
     * Returns the quantile of the greatest demand within a window.
     *
     * @param forecast of demand, with at least 2 quantile levels
     * @param level such as {@link Newsvendor#criticalRatio}, in (0, 1)
     * @param fromStep first step of the window, 1 for the next step
     * @param toStep last step of the window, up to the horizon
     * @param dependence what is assumed of the steps
     * @throws IllegalArgumentException if the forecast has too few levels, or level or steps are out of range
     */
    public static double quantile(Forecast forecast, double level, int fromStep, int toStep, Dependence dependence) {
        Checks.requireLevel("level", level);
        QuantileCurve[] steps = QuantileCurve.of(forecast, fromStep, toStep);
        double low = greatest(steps, level);
        double high = Math.max(low, greatest(steps, Math.min(Math.nextDown(1.0), 1 - (1 - level) / steps.length)));
        // Below low a single step exceeds too often already, and at high not even the worst case does.
        for (int i = 0; i < BISECTIONS && low < high && dependence != Dependence.TOGETHER; i++) {
            double middle = low + (high - low) / 2;
            if (dependence.staysBelow(steps, middle) >= level) {
                high = middle;
            } else if (middle == low) {
                return high;
            } else {
                low = middle;
            }
        }
        return dependence == Dependence.TOGETHER ? low : high;
    }

    private static double greatest(QuantileCurve[] steps, double level) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (QuantileCurve step : steps) {
            greatest = Math.max(greatest, step.quantile(level));
        }
        return greatest;
    }

    /**
     * Returns the probability that demand exceeds a threshold at least once within a window.
     *
     * @param forecast of demand, with at least 2 quantile levels
     * @param threshold such as a capacity
     * @param fromStep first step of the window, 1 for the next step
     * @param toStep last step of the window, up to the horizon
     * @param dependence what is assumed of the steps
     * @return 0…1
     * @throws IllegalArgumentException if the forecast has too few levels, the threshold is NaN or the steps are out of range
     */
    public static double exceedProbability(
            Forecast forecast, double threshold, int fromStep, int toStep, Dependence dependence) {
        Checks.requireNumber("threshold", threshold);
        return 1 - dependence.staysBelow(QuantileCurve.of(forecast, fromStep, toStep), threshold);
    }
}
