package io.foreshard.forecast.backtest;

import io.foreshard.forecast.series.RegularSeries;

/** A series with a name for people. Immutable, safe for any thread. */
public final class BacktestSeries {

    private final String name;
    private final double[] values;

    private BacktestSeries(String name, double[] ownedValues) {
        this.name = name;
        values = ownedValues;
    }

    /**
     * Names a series.
     *
     * @param name unique among those of a back-test
     * @param values one per step, {@link Double#NaN} for a step without a sample; copied, infinities become {@link Double#NaN}
     */
    public static BacktestSeries of(String name, double... values) {
        return of(name, RegularSeries.of(0, 1, values));
    }

    /**
     * Names a series.
     *
     * @param name unique among those of a back-test
     * @param series the samples
     */
    public static BacktestSeries of(String name, RegularSeries series) {
        return new BacktestSeries(name, series.values());
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the number of steps. */
    public int length() {
        return values.length;
    }

    /** Returns a copy of the samples, {@link Double#NaN} where a step has none. */
    public double[] values() {
        return values.clone();
    }

    double[] shared() {
        return values;
    }
}
