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

    /** What the value of the likelihood lacks to be the negative log-likelihood in units of the series. */
    double offset() {
        return count() * (0.5 * (1 + Math.log(2 * Math.PI)) + series.logUnit());
    }

    /** Fits from the best of some starts. */
    Candidate fit(WorkBudget budget, Effort effort, ArmaPoint... from) {
        LikelihoodMaximizer best = LikelihoodMaximizer.maximize(likelihood, budget, effort, from);
        return new Candidate(this, best.point(), best.value(), likelihood.mean(), likelihood.sumOfSquares());
    }
}
