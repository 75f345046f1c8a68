package io.foreshard.forecast.theta;

import io.foreshard.forecast.model.FittedModel;

/** A Theta method fitted to a series. Immutable, safe for any thread. */
public final class ThetaFit implements FittedModel {

    private final ThetaModel model;
    private final double alpha;
    private final double omega;
    private final double initialLevel;
    private final int period;
    private final double sigma;
    private final double[] residuals;

    /** Takes over model and residuals. */
    ThetaFit(
            ThetaModel model,
            double alpha,
            double omega,
            double initialLevel,
            int period,
            double sigma,
            double... residuals) {
        this.model = model;
        this.alpha = alpha;
        this.omega = omega;
        this.initialLevel = initialLevel;
        this.period = period;
        this.sigma = sigma;
        this.residuals = residuals;
    }

    /** Returns the share of an error by which the level moves. */
    public double alpha() {
        return alpha;
    }

    /** Returns θ, at least 1; infinite when only the trend line's way counts. */
    public double theta() {
        return 1 / (1 - omega);
    }

    /** Returns the level before the first sample, of the series without its season. */
    public double initialLevel() {
        return initialLevel;
    }

    /** Returns the period of the season that was taken off, 1 when there was none. */
    public int period() {
        return period;
    }

    /**
     * Returns the standard deviation of the errors of the series without its season, in its unit, corrected for the parameters; as R's
     * {@code thetaf} does, for {@link ThetaForm#CLASSIC} those of exponential smoothing before the drift is added.
     */
    public double sigma() {
        return sigma;
    }

    @Override
    public String description() {
        return model.description();
    }

    @Override
    public double[] residuals() {
        return residuals.clone();
    }

    @Override
    public ThetaModel model() {
        return model.copy();
    }
}
