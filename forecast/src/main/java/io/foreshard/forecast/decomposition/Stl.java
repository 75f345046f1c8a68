package io.foreshard.forecast.decomposition;

/**
 * Seasonal-trend decomposition by loess with one season (Cleveland, Cleveland, McRae and Terpenning 1990).
 *
 * <p>Settings and defaults are those of R's {@code stl}, and so are the results. Samples that are NaN or infinite are missing: they
 * weigh nothing. Immutable, safe for any thread; the time is in proportion to the length of the series when the windows are.
 */
public final class Stl {

    private final int period;
    private final StlSettings settings;

    private Stl(int period, StlSettings settings) {
        this.period = period;
        this.settings = settings;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @param period of the season in steps, at least 2
     * @return a builder
     * @throws IllegalArgumentException if the period is below 2
     */
    public static Builder builder(int period) {
        return new Builder(StlBuilder.period(period));
    }

    /**
     * Takes a series apart.
     *
     * @param series longer than two periods; NaN where a sample is missing; not retained
     * @return its parts, with one season
     * @throws IllegalArgumentException if the series is too short or has no finite sample
     */
    public Decomposition decompose(double[] series) {
        if (series.length <= 2L * period) {
            throw new IllegalArgumentException(
                    "series: " + series.length + " steps (expected: more than two periods of " + period + ")");
        }
        CompleteSeries complete = new CompleteSeries(series, period);
        StlPass pass = settings.pass(period, series.length, complete.presence());
        pass.run(complete.values(), settings.inner(), settings.outer());
        if (settings.periodic()) {
            StlSettings.averagePhases(pass.season(), period);
        }
        return complete.decomposition(pass.trend(), new int[] {period}, new double[][] {pass.season()});
    }

    /** Collects the settings of an {@link Stl}. Each method checks its argument at once. */
    public static final class Builder {

        private final int period;
        private final StlBuilder values = new StlBuilder();

        private Builder(int period) {
            this.period = period;
        }

        /**
         * Lets the season change slowly: the window over the values of one phase, default 11 cycles.
         *
         * @param cycles odd, at least 3; the longer, the steadier the season
         * @return this
         * @throws IllegalArgumentException if even or below 3
         */
        public Builder seasonalWindow(int cycles) {
            values.seasonalWindow = StlBuilder.window("seasonalWindow", cycles);
            values.periodic = false;
            return this;
        }

        /** Makes all cycles of the season equal. Returns this. */
        public Builder periodic() {
            values.periodic = true;
            return this;
        }

        /**
         * Sets whether the values of one phase are smoothed by means or by lines, default 0.
         *
         * @param degree 0 or 1
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder seasonalDegree(int degree) {
            values.seasonalDegree = StlBuilder.degree("seasonalDegree", degree);
            return this;
        }

        /**
         * Sets the window of the trend; default 1.5 periods over 1 - 1.5 / seasonal window, made odd.
         *
         * @param steps odd, at least 3
         * @return this
         * @throws IllegalArgumentException if even or below 3
         */
        public Builder trendWindow(int steps) {
            values.trendWindow = StlBuilder.window("trendWindow", steps);
            return this;
        }

        /**
         * Sets whether the trend is smoothed by means or by lines, default 1.
         *
         * @param degree 0 or 1
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder trendDegree(int degree) {
            values.trendDegree = StlBuilder.degree("trendDegree", degree);
            return this;
        }

        /**
         * Sets the window of the low-pass filter; default the period, made odd.
         *
         * @param steps odd, at least 3
         * @return this
         * @throws IllegalArgumentException if even or below 3
         */
        public Builder lowPassWindow(int steps) {
            values.lowPassWindow = StlBuilder.window("lowPassWindow", steps);
            return this;
        }

        /**
         * Sets whether the low-pass filter smooths by means or by lines, default 1.
         *
         * @param degree 0 or 1
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder lowPassDegree(int degree) {
            values.lowPassDegree = StlBuilder.degree("lowPassDegree", degree);
            return this;
        }

        /**
         * Sets how many points ahead the next one is fitted, with lines between; default a tenth of each window, rounded up. 1 fits
         * every point.
         *
         * @param seasonal at least 1
         * @param trend at least 1
         * @param lowPass at least 1
         * @return this
         * @throws IllegalArgumentException if one is below 1
         */
        public Builder jumps(int seasonal, int trend, int lowPass) {
            values.seasonalJump = StlBuilder.between("seasonal", seasonal, 1, Integer.MAX_VALUE);
            values.trendJump = StlBuilder.between("trend", trend, 1, Integer.MAX_VALUE);
            values.lowPassJump = StlBuilder.between("lowPass", lowPass, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets whether outliers lose their weight: 1 inner and 15 outer rounds instead of 2 and 0.
         *
         * @param value true for robust
         * @return this
         */
        public Builder robust(boolean value) {
            values.robust(value);
            return this;
        }

        /**
         * Sets the rounds of the loops, default 2 and 0.
         *
         * @param inner rounds of season and trend, 1…1000
         * @param outer rounds of robustness weights, 0…1000
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder iterations(int inner, int outer) {
            values.inner = StlBuilder.between("inner", inner, 1, 1000);
            values.outer = StlBuilder.between("outer", outer, 0, 1000);
            return this;
        }

        /** Returns a decomposition with these settings. The builder can be used again. */
        public Stl build() {
            return new Stl(period, values.settings());
        }
    }
}
