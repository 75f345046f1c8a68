package io.foreshard.forecast.ets;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fits of all forms to one series. */
final class EtsSelection {

    private static final double[] ALPHAS = {0.02, 0.2, 0.5, 0.9};
    private static final double[] SEASON_SHARES = {0.02, 0.3};

    private final EtsSample sample;
    private final List<EtsForm> forms;
    private final int period;
    private final EtsCriterion criterion;
    private final int maxEvaluations;
    private final boolean nonNegative;
    private final Map<EtsForm.SeasonType, EtsRecursion> runs = new EnumMap<>(EtsForm.SeasonType.class);
    private final EtsStart start;
    private final double[] scratch;
    private int evaluations;

    EtsSelection(
            EtsSample sample,
            List<EtsForm> forms,
            int period,
            EtsCriterion criterion,
            int maxEvaluations,
            boolean nonNegative) {
        this.sample = sample;
        this.forms = forms;
        this.period = period;
        this.criterion = criterion;
        this.maxEvaluations = maxEvaluations;
        this.nonNegative = nonNegative;
        start = new EtsStart(sample.values, period);
        scratch = new double[sample.values.length];
    }

    EtsFit best() {
        @Nullable EtsDescent best = null;
        double bestCriterion = Double.POSITIVE_INFINITY;
        for (EtsForm form : sample.constant ? List.<EtsForm>of() : forms) {
            EtsLikelihood likelihood = likelihood(form);
            int parameters = likelihood.coordinates.parameters();
            if (criterion.of(0, parameters, sample.count) < Double.POSITIVE_INFINITY && evaluations < maxEvaluations) {
                EtsDescent descent = new EtsDescent(likelihood, firstGuess(likelihood));
                descent.advance(100, 1e-3, new double[sample.values.length * likelihood.run.columns()]);
                evaluations += descent.evaluations;
                double value = criterion.of(descent.value, parameters, sample.count);
                if (value < bestCriterion) {
                    bestCriterion = value;
                    best = descent;
                }
            }
        }
        return best == null ? simple() : fit(best);
    }

    private EtsLikelihood likelihood(EtsForm form) {
        EtsRecursion run = runs.computeIfAbsent(form.season(), type -> EtsRecursion.of(type, sample.values, period));
        return new EtsLikelihood(form, run, sample.count, scratch);
    }

    private double[] firstGuess(EtsLikelihood likelihood) {
        EtsRecursion run = likelihood.run;
        double[] best = new double[0];
        double least = Double.POSITIVE_INFINITY;
        for (double alpha : ALPHAS) {
            for (double share : SEASON_SHARES) {
                start.write(likelihood.form, run);
                run.alpha = alpha;
                run.beta = 0.05 * alpha;
                run.gamma = share * (1 - alpha);
                run.phi = likelihood.form.isDamped() ? 0.97 : 1;
                double[] guess = likelihood.coordinates.encode(run);
                double value = likelihood.value(guess);
                evaluations++;
                if (best.length == 0 || value < least) {
                    best = guess;
                    least = value;
                }
            }
        }
        start.write(likelihood.form, run);
        return best;
    }

    /** What is left where nothing can be estimated: a level that follows the samples. */
    private EtsFit simple() {
        EtsRecursion run = new SeasonlessRecursion(sample.values);
        run.alpha = EtsCoordinates.MAX_GAIN;
        run.phi = 1;
        run.level = new EtsStart(sample.values, 1).first();
        return fit(EtsForm.SIMPLE, run);
    }

    private EtsFit fit(EtsDescent best) {
        EtsRecursion run = best.likelihood.run;
        start.write(best.likelihood.form, run);
        best.likelihood.coordinates.decode(best.x, run);
        return fit(best.likelihood.form, run);
    }

    private EtsFit fit(EtsForm form, EtsRecursion run) {
        double[] season = normalisedSeason(form, run);
        EtsGains gains = new EtsGains(run.alpha, run.beta, run.gamma, run.phi);
        EtsModel draft =
                new EtsModel(form, gains, 0, run.level * sample.scale, run.trend * sample.scale, season, nonNegative);
        EtsReplay replay = EtsReplay.of(draft, sample);
        int parameters = new EtsCoordinates(form, run.period).parameters();
        double sigma = sigma(form, replay, parameters);
        EtsModel initial = draft.withSigma(sigma);
        double loss = -2 * replay.logLikelihood();
        return new EtsFit(
                initial,
                EtsReplay.of(initial, sample),
                criterion.of(loss, parameters, sample.count),
                EtsCriterion.AICC.of(loss, parameters, sample.count),
                evaluations);
    }

    private double sigma(EtsForm form, EtsReplay replay, int parameters) {
        int freedom = Math.max(1, sample.count - parameters + 1);
        double relative = Math.sqrt(replay.meanSquare() * sample.count / freedom);
        return form.needsPositiveData() ? relative : relative * sample.scale;
    }

    /** Hands the mean of the season to the level; the forecasts stay. */
    private double[] normalisedSeason(EtsForm form, EtsRecursion run) {
        if (!form.hasSeason()) {
            return new double[1];
        }
        double mean = 0;
        for (int j = 0; j < period; j++) {
            mean += run.season[j] / period;
        }
        double[] season = new double[period];
        boolean factors = form.season() == EtsForm.SeasonType.MULTIPLICATIVE;
        for (int j = 0; j < period; j++) {
            season[j] = factors ? run.season[j] / mean : (run.season[j] - mean) * sample.scale;
        }
        run.level = factors ? run.level * mean : run.level + mean;
        run.trend = factors ? run.trend * mean : run.trend;
        return season;
    }
}
