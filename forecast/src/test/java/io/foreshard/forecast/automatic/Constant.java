package io.foreshard.forecast.automatic;

import io.foreshard.forecast.model.StreamingModel;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Always says the same. */
final class Constant implements StreamingModel {

    private final double value;

    Constant(double value) {
        this.value = value;
    }

    @Override
    public String description() {
        return "constant";
    }

    @Override
    public void update(double sample) {}

    @Override
    public void skip() {}

    @Override
    public double next() {
        return value;
    }

    @Override
    public void forecast(double[] mean) {
        Arrays.fill(mean, value);
    }

    @Override
    public void errorGrowth(double[] factors) {
        Arrays.fill(factors, 1);
    }

    @Override
    public StreamingModel copy() {
        return this;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        throw new IOException("not saved");
    }
}
