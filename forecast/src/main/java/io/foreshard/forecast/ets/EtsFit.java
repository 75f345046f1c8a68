package io.foreshard.forecast.ets;

import io.foreshard.forecast.model.FittedModel;
import java.util.Locale;

/** Form, parameters and initial states that {@link EtsFitter} found. Immutable, safe for any thread. */
public final class EtsFit implements FittedModel {

    private final EtsModel initial;
    private final EtsModel last;
    private final double[] residuals;
    private final double logLikelihood;
    private final double criterion;
    private final double aicc;
    private final int evaluations;

    EtsFit(EtsModel initial, EtsReplay replay, double criterion, double aicc, int evaluations) {
        this.initial = initial;
        last = replay.last();
        residuals = replay.residuals();
        logLikelihood = replay.logLikelihood();
        this.criterion = criterion;
        this.aicc = aicc;
        this.evaluations = evaluations;
    }

    /** Returns the chosen form. */
    public EtsForm form() {
        return initial.form();
    }

    /** Returns the steps of a season, 1 where the form has none. */
    public int period() {
        return initial.period();
    }

    /** Returns the gain of the level. */
    public double alpha() {
        return initial.gains().alpha();
    }

    /** Returns the gain of the trend, 0 without one. */
    public double beta() {
        return initial.gains().beta();
    }

    /** Returns the gain of the season, 0 without one. */
    public double gamma() {
        return initial.gains().gamma();
    }

    /** Returns the damping of the trend, 1 where it is not damped. */
    public double phi() {
        return initial.gains().phi();
    }

    /**
     * Returns the log-likelihood up to a constant that is the same for all forms and series of this length: -n/2 log Σe², and for
     * multiplicative errors -n/2 log Σ(e/f)² - Σ log|f|.
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** Returns Akaike's criterion for short series; infinite where the series is too short for the form. */
    public double aicc() {
        return aicc;
    }

    /** Returns the value of the criterion by which the form was chosen. */
    public double criterion() {
        return criterion;
    }

    /**
     * Returns the standard deviation of the one-step errors, in units of the data for additive errors, relative to the forecast for
     * multiplicative ones.
     */
    public double sigma() {
        return initial.sigma();
    }

    /** Returns the work of the fit in likelihood evaluations, one run over the data each. */
    public int evaluations() {
        return evaluations;
    }

    /** Returns a new model that stands before the data of the fit. */
    public EtsModel initialModel() {
        return initial.copy();
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "%s AICc=%.2f", initial.description(), aicc);
    }

    @Override
    public double[] residuals() {
        return residuals.clone();
    }

    @Override
    public EtsModel model() {
        return last.copy();
    }
}
