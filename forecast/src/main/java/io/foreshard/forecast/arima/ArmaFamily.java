package io.foreshard.forecast.arima;

/** All processes of one series with the same differences and the same choice of a constant: they share the preparation. */
final class ArmaFamily {

    private final PreparedSeries series;
    private final Likelihood likelihood;
    private final HannanRissanen starts;

    ArmaFamily(PreparedSeries series) {
        this.series = series;
        likelihood = series.likelihood();
        starts = new HannanRissanen(series.differenced());
    }

    PreparedSeries series() {
        return series;
    }

    int count() {
        return likelihood.count();
    }

    ArmaPoint start(int p, int q) {
        return starts.start(p, q);
    }

    /** Fits from the best of some starts, until no more log-likelihood than the tolerance seems to be left. */
    Candidate fit(WorkBudget budget, double tolerance, int iterations, ArmaPoint... from) {
        LikelihoodMaximizer best = LikelihoodMaximizer.maximize(likelihood, budget, tolerance, iterations, from);
        return new Candidate(this, best.point(), best.value(), likelihood.mean(), likelihood.sumOfSquares());
    }
}
