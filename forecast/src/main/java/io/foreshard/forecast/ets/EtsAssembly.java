package io.foreshard.forecast.ets;

/** Turns gains and initial states on standardised data into a fit in the units of the series. */
final class EtsAssembly {

    private final EtsSample sample;
    private final EtsCriterion criterion;
    private final boolean nonNegative;

    EtsAssembly(EtsSample sample, EtsCriterion criterion, boolean nonNegative) {
        this.sample = sample;
        this.criterion = criterion;
        this.nonNegative = nonNegative;
    }

    /** What is left where nothing can be estimated: a level that follows the samples. */
    EtsFit simple(int evaluations) {
        EtsRecursion run = new SeasonlessRecursion(sample.values);
        run.alpha = EtsCoordinates.MAX_GAIN;
        run.phi = 1;
        run.level = new EtsStart(sample.values, 1).first();
        return fit(EtsForm.SIMPLE, run, evaluations);
    }

    EtsFit fit(EtsForm form, EtsRecursion run, int evaluations) {
        EtsModel draft = draft(form, run);
        int parameters = new EtsCoordinates(form, run.period).parameters();
        double sigma = sigma(form, EtsReplay.of(draft, sample), parameters);
        EtsModel initial = draft.withSigma(sigma);
        EtsReplay replay = EtsReplay.of(initial, sample);
        double loss = -2 * replay.logLikelihood();
        return new EtsFit(
                initial,
                replay,
                criterion.of(loss, parameters, sample.count),
                EtsCriterion.AICC.of(loss, parameters, sample.count),
                evaluations);
    }

    /** Hands the mean of the season to the level, which leaves the forecasts as they are. */
    private EtsModel draft(EtsForm form, EtsRecursion run) {
        boolean factors = form.season() == EtsForm.SeasonType.MULTIPLICATIVE;
        double mean = form.hasSeason() ? mean(run) : factors ? 1 : 0;
        double[] season = new double[run.period];
        for (int j = 0; j < season.length && form.hasSeason(); j++) {
            season[j] = factors ? run.season[j] / mean : (run.season[j] - mean) * sample.scale;
        }
        double level = factors ? run.level * mean : run.level + mean;
        double trend = factors ? run.trend * mean : run.trend;
        EtsGains gains = new EtsGains(run.alpha, run.beta, run.gamma, run.phi);
        return new EtsModel(form, gains, 0, level * sample.scale, trend * sample.scale, season, nonNegative);
    }

    private static double mean(EtsRecursion run) {
        double sum = 0;
        for (int j = 0; j < run.period; j++) {
            sum += run.season[j];
        }
        return sum / run.period;
    }

    private double sigma(EtsForm form, EtsReplay replay, int parameters) {
        int freedom = Math.max(1, sample.count - parameters + 1);
        double deviation = Math.sqrt(replay.meanSquare() * sample.count / freedom);
        return form.needsPositiveData() ? deviation : deviation * sample.scale;
    }
}
