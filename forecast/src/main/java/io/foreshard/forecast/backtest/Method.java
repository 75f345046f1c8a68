package io.foreshard.forecast.backtest;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.baseline.SeasonalNaiveModel;
import io.foreshard.forecast.model.FittedModel;
import io.foreshard.forecast.model.StreamingModel;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A named way to get a forecaster that has learnt the first steps of a series.
 *
 * @param name for people
 * @param trainer makes it
 */
record Method(String name, Trainer trainer) {

    /** Of the quantiles that stand around the means of a bare model. */
    private static final List<Double> LEVELS =
            List.of(0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975);

    /** Called on any thread, for several series at once. */
    @FunctionalInterface
    interface Trainer {

        /** Learns the training part, which it may keep. */
        Forecaster train(double[] training);
    }

    static Method ofForecaster(String name, Supplier<Forecaster> factory) {
        return new Method(name, training -> fed(factory.get(), training));
    }

    static Method ofModel(String name, Supplier<? extends StreamingModel> factory) {
        return ofModel(name, factory, 1);
    }

    private static Method ofModel(String name, Supplier<? extends StreamingModel> factory, int samplesBeforeErrors) {
        return new Method(
                name, training -> fed(new ModelForecaster(factory.get(), levels(), samplesBeforeErrors), training));
    }

    static Method ofFit(String name, Function<double[], ? extends FittedModel> fit) {
        return new Method(name, training -> ModelForecaster.of(fit.apply(training), levels()));
    }

    static Method repeating(String name, int steps) {
        return ofModel(name, () -> new SeasonalNaiveModel(steps), steps);
    }

    /** How many quantiles a forecast has, at least by order of magnitude. */
    static int usualLevels() {
        return LEVELS.size();
    }

    private static Forecaster fed(Forecaster forecaster, double[] training) {
        for (double sample : training) {
            forecaster.update(sample);
        }
        return forecaster;
    }

    private static double[] levels() {
        return LEVELS.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
