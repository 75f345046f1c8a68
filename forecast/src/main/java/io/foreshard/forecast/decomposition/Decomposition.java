package io.foreshard.forecast.decomposition;

/**
 * A series taken apart: sample = trend + sum of the seasons + remainder. Immutable, safe for any thread. Trend and seasons have a value
 * at every step; the remainder and the adjusted series are NaN where the sample was missing.
 */
public final class Decomposition {

    private final double[] series;
    private final double[] trend;
    private final int[] periods;
    private final double[][] seasonal;

    /** Takes over the arrays. */
    Decomposition(double[] series, double[] trend, int[] periods, double[][] seasonal) {
        this.series = series;
        this.trend = trend;
        this.periods = periods;
        this.seasonal = seasonal;
    }

    /** Returns how many steps were decomposed. */
    public int length() {
        return trend.length;
    }

    /** Returns a copy of the trend, in the unit of the series. */
    public double[] trend() {
        return trend.clone();
    }

    /** Returns a copy of the periods of the seasons in steps, ascending; empty when the series was too short for any. */
    public int[] periods() {
        return periods.clone();
    }

    /**
     * Returns a copy of one season, in the unit of the series.
     *
     * @param index into {@link #periods}
     * @return one value per step
     */
    public double[] seasonal(int index) {
        return seasonal[index].clone();
    }

    /**
     * Returns the newest cycle of one season.
     *
     * @param index into {@link #periods}
     * @return one value per phase; the first is that of the step after the series
     */
    public double[] nextCycle(int index) {
        int period = periods[index];
        double[] cycle = new double[period];
        System.arraycopy(seasonal[index], length() - period, cycle, 0, period);
        return cycle;
    }

    /** Returns the series without its seasons; NaN where the sample was missing. */
    public double[] adjusted() {
        double[] adjusted = series.clone();
        for (double[] season : seasonal) {
            subtract(season, adjusted);
        }
        return adjusted;
    }

    /** Returns what neither trend nor seasons explain; NaN where the sample was missing. */
    public double[] remainder() {
        double[] remainder = adjusted();
        subtract(trend, remainder);
        return remainder;
    }

    private static void subtract(double[] part, double[] from) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= part[i];
        }
    }
}
