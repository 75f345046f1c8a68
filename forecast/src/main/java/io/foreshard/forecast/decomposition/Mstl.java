package io.foreshard.forecast.decomposition;

import java.util.Arrays;

/**
 * Decomposition with several seasons: STL on one season after the other, each time without the others, twice over (Bandara, Hyndman and
 * Bergmeir 2021).
 *
 * <p>Defaults and results are those of {@code mstl} of R's package forecast. A season of which the series does not hold more than two
 * periods is dropped; without any season the trend is a local line over a fifth of the series. Samples that are NaN or infinite are
 * missing: they weigh nothing. Immutable, safe for any thread.
 */
public final class Mstl {

    private static final int LEAST_TREND_WINDOW = 7;

    private final int[] periods;
    private final StlSettings[] settings;
    private final int iterations;

    private Mstl(int[] periods, StlSettings[] settings, int iterations) {
        this.periods = periods;
        this.settings = settings;
        this.iterations = iterations;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @param periods of the seasons in steps, each at least 2, no two alike, in any order, may be empty; copied
     * @return a builder
     * @throws IllegalArgumentException if a period is below 2 or given twice
     */
    public static Builder builder(int... periods) {
        return new Builder(periods);
    }

    /**
     * Takes a series apart.
     *
     * @param series at least one step; NaN where a sample is missing; not retained
     * @return its parts, with the seasons it is long enough for
     * @throws IllegalArgumentException if the series has no finite sample
     */
    public Decomposition decompose(double[] series) {
        int used = 0;
        while (used < periods.length && 2L * periods[used] < series.length) {
            used++;
        }
        CompleteSeries complete = new CompleteSeries(series, used == 0 ? 1 : periods[used - 1]);
        return used == 0 ? trendOnly(complete) : withSeasons(complete, used);
    }

    private static Decomposition trendOnly(CompleteSeries complete) {
        int count = complete.values().length;
        double[] trend = new double[count];
        Loess loess = new Loess(Math.max(LEAST_TREND_WINDOW, count / 5) | 1, 1, 1 + count / 50);
        loess.smooth(complete.values(), count, complete.presence(), trend, 0);
        return complete.decomposition(trend, new int[0], new double[0][]);
    }

    private Decomposition withSeasons(CompleteSeries complete, int used) {
        double[] rest = complete.values().clone();
        StlPass[] passes = new StlPass[used];
        for (int index = 0; index < used; index++) {
            passes[index] = settings[index].pass(periods[index], rest.length, complete.presence());
        }
        int rounds = used == 1 ? 1 : iterations;
        for (int round = 0; round < rounds; round++) {
            for (int index = 0; index < used; index++) {
                refine(passes[index], index, rest);
            }
        }
        double[][] seasonal = Arrays.stream(passes).map(StlPass::season).toArray(double[][]::new);
        return complete.decomposition(passes[used - 1].trend(), Arrays.copyOf(periods, used), seasonal);
    }

    /** Finds one season anew in the rest plus its former self. */
    private void refine(StlPass pass, int index, double[] rest) {
        double[] season = pass.season();
        for (int i = 0; i < rest.length; i++) {
            rest[i] += season[i];
        }
        pass.run(rest, settings[index].inner(), settings[index].outer());
        if (settings[index].periodic()) {
            StlSettings.averagePhases(season, periods[index]);
        }
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= season[i];
        }
    }

    /** Collects the settings of an {@link Mstl}. Each method checks its argument at once. */
    public static final class Builder {

        private final int[] periods;
        private final StlBuilder values = new StlBuilder();
        private int[] windows = new int[0];
        private int iterations = 2;

        private Builder(int... periods) {
            this.periods = periods.clone();
            Arrays.sort(this.periods);
            for (int i = 0; i < periods.length; i++) {
                StlBuilder.period(this.periods[i]);
                if (i > 0 && this.periods[i] == this.periods[i - 1]) {
                    throw new IllegalArgumentException(
                            "periods: " + Arrays.toString(periods) + " (expected: no two alike)");
                }
            }
        }

        /**
         * Sets how slowly the seasons change: the windows over the values of one phase, default 11, 15, 19, ….
         *
         * @param cycles odd, at least 3; one for all seasons, or one per season from the shortest on; copied
         * @return this
         * @throws IllegalArgumentException if even, below 3 or of another number
         */
        public Builder seasonalWindows(int... cycles) {
            if (cycles.length != 1 && cycles.length != periods.length) {
                throw new IllegalArgumentException(
                        "seasonalWindows: " + cycles.length + " values (expected: 1 or " + periods.length + ")");
            }
            for (int window : cycles) {
                StlBuilder.window("seasonalWindows", window);
            }
            windows = cycles.clone();
            values.periodic = false;
            return this;
        }

        /** Makes all cycles of each season equal. Returns this. */
        public Builder periodic() {
            values.periodic = true;
            return this;
        }

        /**
         * Sets whether outliers lose their weight: 1 inner and 15 outer rounds in each STL instead of 2 and 0.
         *
         * @param value true for robust
         * @return this
         */
        public Builder robust(boolean value) {
            values.robust(value);
            return this;
        }

        /**
         * Sets how many times each of several seasons is found anew, default 2; one season alone is found once.
         *
         * @param value 1…100
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder iterations(int value) {
            iterations = StlBuilder.between("iterations", value, 1, 100);
            return this;
        }

        /** Returns a decomposition with these settings. The builder can be used again. */
        public Mstl build() {
            StlSettings[] settings = new StlSettings[periods.length];
            for (int index = 0; index < settings.length; index++) {
                settings[index] = values.settings(window(index));
            }
            return new Mstl(periods, settings, iterations);
        }

        private int window(int index) {
            if (windows.length == 0) {
                return 11 + 4 * index;
            }
            return windows[windows.length == 1 ? 0 : index];
        }
    }
}
