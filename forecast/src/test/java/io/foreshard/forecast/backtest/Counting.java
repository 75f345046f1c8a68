package io.foreshard.forecast.backtest;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import java.util.Arrays;

/** Forecasts how many samples it has seen. */
final class Counting implements Forecaster {

    private int seen;

    @Override
    public void update(double sample) {
        seen++;
    }

    @Override
    public Forecast forecast(int horizonSteps) {
        double[] mean = new double[horizonSteps];
        Arrays.fill(mean, seen);
        return new Forecast(mean, new double[0], new double[0][], Double.NaN);
    }
}
