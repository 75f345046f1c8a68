package io.foreshard.forecast.decision;

import io.foreshard.coreapi.Forecast;

/**
 * How much to provide when too little and too much cost differently: the quantile of demand at the critical ratio (Arrow, Harris and
 * Marschak 1951), which has the least expected cost.
 */
public final class Newsvendor {

    private Newsvendor() {}

    /**
     * Returns the level of the quantile to provide: an overload twenty times as dear as idle capacity means 20/21, the 95.2 % quantile.
     *
     * @param underCost cost of one unit too little, above 0
     * @param overCost cost of one unit too much, above 0
     * @return in (0, 1)
     * @throws IllegalArgumentException if a cost is not finite and above 0, or one is so much greater that the ratio is 0 or 1
     */
    public static double criticalRatio(double underCost, double overCost) {
        double unit = Math.max(requireCost("underCost", underCost), requireCost("overCost", overCost));
        double ratio = underCost / unit / (underCost / unit + overCost / unit);
        return Checks.requireLevel("critical ratio", ratio);
    }

    private static double requireCost(String name, double cost) {
        if (!(cost > 0 && cost < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": " + cost + " (expected: finite, > 0)");
        }
        return cost;
    }

    /**
     * Returns how much to provide for one step.
     *
     * @param forecast of demand, with at least 2 quantile levels
     * @param level such as {@link #criticalRatio}, in (0, 1)
     * @param step 1 for the next step, up to the horizon
     * @throws IllegalArgumentException if the forecast has too few levels, or level or step are out of range
     */
    public static double provision(Forecast forecast, double level, int step) {
        return QuantileCurve.of(forecast, step).quantile(Checks.requireLevel("level", level));
    }

    /**
     * Returns how much to provide for each step, when it can be changed from step to step.
     *
     * @param forecast of demand, with at least 2 quantile levels
     * @param level such as {@link #criticalRatio}, in (0, 1)
     * @return one value per step of the horizon
     * @throws IllegalArgumentException if the forecast has too few levels or the level is out of range
     */
    public static double[] provision(Forecast forecast, double level) {
        Checks.requireLevel("level", level);
        QuantileCurve[] curves = QuantileCurve.of(forecast, 1, forecast.horizonSteps());
        double[] amounts = new double[curves.length];
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = curves[i].quantile(level);
        }
        return amounts;
    }
}
