package io.foreshard.forecast.backtest;

import io.foreshard.coreapi.Forecast;

/** What was forecast at one origin, and what then happened. Immutable, safe for any thread. */
public final class OriginForecast {

    private final int originStep;
    private final Forecast forecast;
    private final double[] actual;

    OriginForecast(int originStep, Forecast forecast, double[] ownedActual) {
        this.originStep = originStep;
        this.forecast = forecast;
        actual = ownedActual;
    }

    /** Returns the number of steps before the origin: the index of the first step that was forecast. */
    public int originStep() {
        return originStep;
    }

    /** Returns the forecast. */
    public Forecast forecast() {
        return forecast;
    }

    /** Returns a copy of what happened, as long as the horizon, {@link Double#NaN} where a step has no sample. */
    public double[] actual() {
        return actual.clone();
    }

    double[] sharedActual() {
        return actual;
    }

    double[] means() {
        double[] means = new double[actual.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = forecast.mean(i + 1);
        }
        return means;
    }

    double[] quantiles(double level) {
        double[] quantiles = new double[actual.length];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = forecast.quantile(level, i + 1);
        }
        return quantiles;
    }

    /** Whether the forecast knows the quantile, rather than holding its outermost one. */
    boolean reaches(double level) {
        double[] levels = forecast.levels();
        return levels.length > 0 && levels[0] <= level + 1e-9 && levels[levels.length - 1] >= level - 1e-9;
    }
}
