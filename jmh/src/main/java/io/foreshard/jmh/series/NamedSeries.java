package io.foreshard.jmh.series;

/** A series on a regular grid. The values are shared, not copied; nobody writes them. */
public final class NamedSeries {

    private final String name;
    private final int period;
    private final int horizonSteps;
    private final double[] values;

    /**
     * @param name a file name
     * @param period the steps of a day
     * @param horizonSteps how far ahead it is forecast
     * @param values kept, not copied
     */
    public NamedSeries(String name, int period, int horizonSteps, double[] values) {
        this.name = name;
        this.period = period;
        this.horizonSteps = horizonSteps;
        this.values = values;
    }

    /** Returns the name, which is also the file's. */
    public String name() {
        return name;
    }

    /** Returns the steps of a day. */
    public int period() {
        return period;
    }

    /** Returns how far ahead it is forecast. */
    public int horizonSteps() {
        return horizonSteps;
    }

    /** Returns the values themselves; {@link Double#NaN} where there is no sample. */
    public double[] values() {
        return values;
    }
}
