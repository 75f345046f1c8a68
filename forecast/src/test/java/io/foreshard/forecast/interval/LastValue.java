package io.foreshard.forecast.interval;

import io.foreshard.forecast.model.StreamingModel;
import java.io.DataOutput;
import java.util.Arrays;

/** Forecasts a fixed share of the last sample, for as long as you like: 1 is the naive forecast, 0 the mean of noise around 0. */
final class LastValue implements StreamingModel {

    private final double share;
    private double last;

    LastValue(double share) {
        this.share = share;
    }

    @Override
    public String description() {
        return "last value times " + share;
    }

    @Override
    public void update(double sample) {
        last = sample;
    }

    @Override
    public void skip() {}

    @Override
    public double next() {
        return share * last;
    }

    @Override
    public void forecast(double[] mean) {
        double value = last;
        for (int step = 0; step < mean.length; step++) {
            value *= share;
            mean[step] = value;
        }
    }

    @Override
    public void errorGrowth(double[] factors) {
        Arrays.setAll(factors, step -> share == 1 ? Math.sqrt(step + 1) : 1);
    }

    @Override
    public StreamingModel copy() {
        LastValue copy = new LastValue(share);
        copy.last = last;
        return copy;
    }

    @Override
    public void save(DataOutput out) {}
}
