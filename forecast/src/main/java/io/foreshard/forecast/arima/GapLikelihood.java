package io.foreshard.forecast.arima;

/** The likelihood of a series with missing samples, by the filter that the streaming model uses. */
final class GapLikelihood implements Likelihood {

    /** Gaps keep the filter from its limit: measured, a pass takes 5 to 20 times as long; more would cut the search short. */
    private static final int COST = 3;

    private final double[] series;
    private final int differences;
    private final boolean withMean;
    private final int count;
    private final double floor;
    private final LikelihoodSums sums = new LikelihoodSums();

    /**
     * Takes a series before differencing; not finite is missing.
     *
     * @param count how many of its samples have a forecast
     */
    GapLikelihood(double[] series, int differences, boolean withMean, int count, double floor) {
        this.series = series;
        this.differences = differences;
        this.withMean = withMean;
        this.count = count;
        this.floor = floor;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int cost() {
        return COST;
    }

    @Override
    public double mean() {
        return sums.mean();
    }

    @Override
    public double sumOfSquares() {
        return sums.sumOfSquares();
    }

    @Override
    public double evaluate(double[] ar, double[] ma) {
        sums.clear();
        ArimaFilter filter = new ArimaFilter(ar, differences, ma, 0);
        ArimaFilter regressor = new ArimaFilter(ar, differences, ma, 0);
        for (int t = 0; t < series.length; t++) {
            if (Double.isFinite(series[t])) {
                filter.update(series[t]);
                if (withMean) {
                    regressor.update(differences == 0 ? 1 : t);
                }
            } else {
                filter.skip();
                if (withMean) {
                    regressor.skip();
                }
            }
            add(filter, regressor);
        }
        return sums.negativeLogLikelihood(floor);
    }

    private void add(ArimaFilter filter, ArimaFilter regressor) {
        if (!Double.isNaN(filter.innovation())) {
            sums.add(filter.innovation(), withMean ? regressor.innovation() : 0, filter.innovationVariance());
        }
    }
}
