package io.foreshard.examples.forecast;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.interval.QuantileCalibrator;
import io.foreshard.forecast.model.StreamingModel;

/** A model with calibrated quantiles around it, so that simple methods are compared with bands as good as ours. */
final class ModelForecaster implements Forecaster {

    private final StreamingModel model;
    private final QuantileCalibrator calibrator;
    private final double[] levels;
    private final boolean nonNegative;

    ModelForecaster(StreamingModel model, Question question) {
        this.model = model;
        this.levels = question.levels();
        this.nonNegative = question.nonNegative();
        this.calibrator = QuantileCalibrator.builder()
                .levels(levels)
                .maxHorizonSteps(Math.min(question.horizonSteps(), 4096))
                .nonNegative(nonNegative)
                .build();
    }

    @Override
    public void update(double sample) {
        if (Double.isFinite(sample)) {
            calibrator.update(sample, model);
        } else {
            calibrator.skip(model);
        }
    }

    @Override
    public Forecast forecast(int horizonSteps) {
        double[] mean = new double[horizonSteps];
        double[] growth = new double[horizonSteps];
        double[][] quantiles = new double[levels.length][horizonSteps];
        model.forecast(mean);
        model.errorGrowth(growth);
        calibrator.write(mean, growth, quantiles);
        for (int step = 0; nonNegative && step < horizonSteps; step++) {
            mean[step] = Math.max(0, mean[step]);
        }
        return new Forecast(mean, levels, quantiles, Double.NaN);
    }
}
