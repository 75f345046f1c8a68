package io.foreshard.forecast.backtest;

import io.foreshard.coreapi.Forecaster;

/**
 * A named way to get a forecaster that has learnt the first steps of a series.
 *
 * @param name for people
 * @param trainer makes it
 */
record Method(String name, Trainer trainer) {

    /** Called on any thread, for several series at once. */
    @FunctionalInterface
    interface Trainer {

        /** Learns the training part, which it may keep. */
        Forecaster train(double[] training);
    }

    static Forecaster fed(Forecaster forecaster, double[] training) {
        for (double sample : training) {
            forecaster.update(sample);
        }
        return forecaster;
    }
}
