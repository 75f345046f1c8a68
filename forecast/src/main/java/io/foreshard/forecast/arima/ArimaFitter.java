package io.foreshard.forecast.arima;

/**
 * Fits ARIMA processes by exact Gaussian maximum likelihood and chooses their orders.
 *
 * <ul>
 *   <li><em>Likelihood</em>: of the series differenced d times, by the Kalman filter, as if its first d samples were given. That
 *       is what R's {@code arima(method = "ML")} approaches with a diffuse start. Noise variance and mean or drift are
 *       concentrated out. Samples that are not finite are missing: the filter passes over them.
 *   <li><em>Maximum</em>: Fisher scoring from the estimates of Hannan and Rissanen (1982), over partial autocorrelations (Monahan
 *       1984), so that every process tried is stationary and invertible. Units and level of the series do not matter.
 *   <li><em>Orders</em>: d by repeated KPSS tests at 5 %, then p, q and the constant by the least AICc among the processes whose
 *       roots are at least 1.01 from zero, as in Hyndman and Khandakar (2008). Where d is 0 an allowed mean is always there:
 *       to drop it would depend on the level of the series.
 * </ul>
 *
 * <p>Immutable, safe for any thread. The work is bounded by counting, not by time: the same series gives the same fit.
 */
public final class ArimaFitter {

    private final Builder options;

    private ArimaFitter(Builder options) {
        this.options = options;
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Chooses the orders and fits.
     *
     * @param series one sample per step, the oldest first; not finite is missing. Not changed, not kept
     * @return the fit; for a constant series or straight line its exact continuation
     * @throws IllegalArgumentException if no sample is finite
     */
    public ArimaFit fit(double[] series) {
        requireSamples(series, 1);
        int differences = differences(series);
        boolean constant = allowsConstant(differences);
        if (PreparedSeries.of(series, differences, constant).isConstant()) {
            return exactFit(series, differences, constant);
        }
        WorkBudget budget = new WorkBudget(options.maxEvaluations);
        int most = Gaps.finiteCount(series) / 3;
        OrderSearch search = new OrderSearch(
                series, differences, Math.min(options.maxP, most), Math.min(options.maxQ, most), constant, budget);
        Candidate best = options.stepwise ? search.stepwise() : search.exhaustive(ArimaOrder.MAX_LAGS);
        return fitOf(best, series, differences, budget);
    }

    /**
     * Fits given orders.
     *
     * @param series as for {@link #fit(double[])}
     * @param order the orders
     * @param withConstant whether there is a mean (d = 0) or drift (d = 1)
     * @return the fit
     * @throws IllegalArgumentException if there are too few finite samples for the parameters, or a constant with d = 2
     */
    public ArimaFit fit(double[] series, ArimaOrder order, boolean withConstant) {
        if (withConstant && order.d() > 1) {
            throw new IllegalArgumentException("withConstant: true (expected: false with two differences)");
        }
        int parameters = order.p() + order.q() + (withConstant ? 1 : 0);
        requireSamples(series, order.d() + parameters + 1);
        if (Gaps.forecastSamples(series, order.d()) <= parameters) {
            throw new IllegalArgumentException("series: no " + order.d() + " samples in a row with " + (parameters + 1)
                    + " after them (expected: fewer gaps or differences)");
        }
        if (PreparedSeries.of(series, order.d(), withConstant).isConstant()) {
            return exactFit(series, order.d(), withConstant);
        }
        WorkBudget budget = new WorkBudget(options.maxEvaluations);
        OrderSearch search = new OrderSearch(series, order.d(), order.p(), order.q(), withConstant, budget);
        return fitOf(search.only(order.p(), order.q()), series, order.d(), budget);
    }

    private static ArimaFit fitOf(Candidate best, double[] series, int differences, WorkBudget budget) {
        return new ArimaFit(
                best.coefficients(differences),
                best.deviation(),
                best.logLikelihood(),
                best.aicc(),
                budget.used(),
                series);
    }

    private static ArimaFit exactFit(double[] series, int differences, boolean withConstant) {
        ArimaCoefficients coefficients = ArimaCoefficients.of(new double[0], differences, new double[0]);
        if (withConstant) {
            coefficients = coefficients.withConstant(
                    PreparedSeries.of(series, differences, true).plainConstant());
        }
        return new ArimaFit(coefficients, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, series);
    }

    private boolean allowsConstant(int differences) {
        return differences == 0 ? options.allowMean : differences == 1 && options.allowDrift;
    }

    private int differences(double[] series) {
        double[] samples = PreparedSeries.compact(series);
        int differences = DifferenceTest.differences(samples, options.maxD);
        while (differences < options.maxD
                && !allowsConstant(differences)
                && PreparedSeries.of(series, differences, true).isConstant()) {
            differences++;
        }
        while (differences > 0 && Gaps.forecastSamples(series, differences) == 0) {
            differences--;
        }
        return differences;
    }

    private static void requireSamples(double[] series, int least) {
        int finite = Gaps.finiteCount(series);
        if (finite < least) {
            throw new IllegalArgumentException("series: " + finite + " finite samples of " + series.length
                    + " (expected: at least " + least + ")");
        }
    }

    /** Collects the options of a fitter. Confined to one thread. */
    public static final class Builder {

        private int maxP = ArimaOrder.MAX_LAGS;
        private int maxD = ArimaOrder.MAX_DIFFERENCES;
        private int maxQ = ArimaOrder.MAX_LAGS;
        private boolean allowMean = true;
        private boolean allowDrift = true;
        private boolean stepwise;
        private int maxEvaluations = 2000;

        private Builder() {}

        private Builder(Builder other) {
            maxP = other.maxP;
            maxD = other.maxD;
            maxQ = other.maxQ;
            allowMean = other.allowMean;
            allowDrift = other.allowDrift;
            stepwise = other.stepwise;
            maxEvaluations = other.maxEvaluations;
        }

        /**
         * Sets the most autoregressive lags to try.
         *
         * @param lags 0 to 5, default 5
         * @return this
         */
        public Builder maxP(int lags) {
            maxP = ArimaOrder.require("maxP", lags, ArimaOrder.MAX_LAGS);
            return this;
        }

        /**
         * Sets the most differences to take.
         *
         * @param differences 0 to 2, default 2
         * @return this
         */
        public Builder maxD(int differences) {
            maxD = ArimaOrder.require("maxD", differences, ArimaOrder.MAX_DIFFERENCES);
            return this;
        }

        /**
         * Sets the most moving-average lags to try.
         *
         * @param lags 0 to 5, default 5
         * @return this
         */
        public Builder maxQ(int lags) {
            maxQ = ArimaOrder.require("maxQ", lags, ArimaOrder.MAX_LAGS);
            return this;
        }

        /**
         * Sets whether a series that is not differenced may have a mean other than 0.
         *
         * @param allowed default true
         * @return this
         */
        public Builder allowMean(boolean allowed) {
            allowMean = allowed;
            return this;
        }

        /**
         * Sets whether a series that is differenced once may have a drift.
         *
         * @param allowed default true
         * @return this
         */
        public Builder allowDrift(boolean allowed) {
            allowDrift = allowed;
            return this;
        }

        /**
         * Sets whether orders are found step by step, with up to 5 lags of each kind, instead of among all with at most 5 lags
         * together. A walk is what R does by default; all small orders score better and their cost varies less.
         *
         * @param walk default false
         * @return this
         */
        public Builder stepwise(boolean walk) {
            stepwise = walk;
            return this;
        }

        /**
         * Sets how often the likelihood may be evaluated in the search for orders; polishing the winner may take as many again. With gaps in the series each time counts as three.
         *
         * @param evaluations at least 1, default 2000
         * @return this
         */
        public Builder maxEvaluations(int evaluations) {
            if (evaluations < 1) {
                throw new IllegalArgumentException("maxEvaluations: " + evaluations + " (expected: >= 1)");
            }
            maxEvaluations = evaluations;
            return this;
        }

        /** Returns a fitter with these options. */
        public ArimaFitter build() {
            return new ArimaFitter(new Builder(this));
        }
    }
}
