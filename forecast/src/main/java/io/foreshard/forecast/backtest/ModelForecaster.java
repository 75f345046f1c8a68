package io.foreshard.forecast.backtest;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.model.FittedModel;
import io.foreshard.forecast.model.StreamingModel;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Puts normal quantiles around the means of a model, from the magnitude of its errors so far and their growth as it sees it. */
final class ModelForecaster implements Forecaster {

    private final StreamingModel model;
    private final double[] levels;
    private final double[] normalQuantiles;
    private final int samplesBeforeErrors;
    private double meanSquare;
    private int errors;
    private int samples;

    /** Errors count after so many samples: what a model says before it knows any, or a whole season, is no forecast. */
    ModelForecaster(StreamingModel model, double[] levels, int samplesBeforeErrors) {
        this.model = model;
        this.levels = levels;
        this.samplesBeforeErrors = samplesBeforeErrors;
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        normalQuantiles = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            normalQuantiles[i] = normal.inverseCumulativeProbability(levels[i]);
        }
    }

    static ModelForecaster of(FittedModel fit, double[] levels) {
        ModelForecaster forecaster = new ModelForecaster(fit.model(), levels, 0);
        for (double residual : fit.residuals()) {
            forecaster.learn(residual);
        }
        return forecaster;
    }

    private void learn(double error) {
        double square = error * error;
        if (Double.isFinite(square)) {
            errors++;
            meanSquare += (square - meanSquare) / errors;
        }
    }

    @Override
    public void update(double sample) {
        if (Double.isFinite(sample)) {
            if (samples >= samplesBeforeErrors) {
                learn(sample - model.next());
            }
            samples++;
            model.update(sample);
        } else {
            model.skip();
        }
    }

    @Override
    public Forecast forecast(int horizonSteps) {
        double[] mean = new double[horizonSteps];
        double[] growth = new double[horizonSteps];
        model.forecast(mean);
        model.errorGrowth(growth);
        double deviation = Math.sqrt(meanSquare);
        double[][] quantiles = new double[levels.length][horizonSteps];
        for (int row = 0; row < levels.length; row++) {
            for (int step = 0; step < horizonSteps; step++) {
                quantiles[row][step] = mean[step] + normalQuantiles[row] * deviation * growth[step];
            }
        }
        return new Forecast(mean, levels, quantiles, Double.NaN);
    }
}
