package io.foreshard.forecast.arima;

import io.foreshard.forecast.model.FittedModel;
import java.util.Locale;

/**
 * An ARIMA process fitted to a stretch of a series by exact Gaussian maximum likelihood.
 *
 * <p>Immutable, safe for any thread.
 */
public final class ArimaFit implements FittedModel {

    private final ArimaCoefficients coefficients;
    private final double sigma;
    private final double logLikelihood;
    private final double aicc;
    private final int evaluations;
    private final double[] residuals;
    private final ArimaModel end;

    ArimaFit(
            ArimaCoefficients coefficients,
            double sigma,
            double logLikelihood,
            double aicc,
            int evaluations,
            double[] series) {
        this.coefficients = coefficients;
        this.sigma = sigma;
        this.logLikelihood = logLikelihood;
        this.aicc = aicc;
        this.evaluations = evaluations;
        residuals = new double[series.length];
        end = ArimaModel.of(coefficients);
        for (int t = 0; t < series.length; t++) {
            end.update(series[t]);
            residuals[t] = end.innovation();
        }
    }

    /** Returns orders and parameters. */
    public ArimaCoefficients coefficients() {
        return coefficients;
    }

    /** Returns the standard deviation of the noise in units of the series; 0 where the series follows the process exactly. */
    public double sigma() {
        return sigma;
    }

    /** Returns the variance of the noise, the maximum likelihood estimate as in R; it overflows for deviations above 1e154. */
    public double sigma2() {
        return sigma * sigma;
    }

    /**
     * Returns the greatest log-likelihood of the samples after the first d, which are taken as given; positive infinity where the
     * series follows the process exactly.
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** Returns Akaike's criterion corrected for few samples; comparable between fits with the same d on the same data. */
    public double aicc() {
        return aicc;
    }

    /** Returns how often the fit evaluated the likelihood; with gaps in the series each time counts as three. */
    public int evaluations() {
        return evaluations;
    }

    @Override
    public String description() {
        return coefficients + String.format(Locale.ROOT, " σ=%.4g", sigma);
    }

    @Override
    public double[] residuals() {
        return residuals.clone();
    }

    @Override
    public ArimaModel model() {
        return end.copy();
    }
}
