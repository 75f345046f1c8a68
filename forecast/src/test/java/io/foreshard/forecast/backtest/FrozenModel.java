package io.foreshard.forecast.backtest;

import io.foreshard.forecast.model.StreamingModel;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Goes on forecasting what another model forecasts, and never learns. */
final class FrozenModel implements StreamingModel {

    private final StreamingModel model;

    FrozenModel(StreamingModel model) {
        this.model = model;
    }

    @Override
    public String description() {
        return "frozen " + model.description();
    }

    @Override
    public void update(double sample) {}

    @Override
    public void skip() {}

    @Override
    public double next() {
        return model.next();
    }

    @Override
    public void forecast(double[] mean) {
        model.forecast(mean);
    }

    @Override
    public void errorGrowth(double[] factors) {
        Arrays.fill(factors, 1);
    }

    @Override
    public StreamingModel copy() {
        return new FrozenModel(model.copy());
    }

    @Override
    public void save(DataOutput out) throws IOException {
        model.save(out);
    }
}
