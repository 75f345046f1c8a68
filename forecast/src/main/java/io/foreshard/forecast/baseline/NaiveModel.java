package io.foreshard.forecast.baseline;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Forecasts the newest sample for every step; optimal for a random walk. 0 before the first sample. Its error grows with the
 * square root of the horizon.
 *
 * <p>Confined to one thread at a time.
 */
public final class NaiveModel implements StreamingModel {

    private static final int VERSION = 1;

    private double newest;

    /** Makes a model without samples. */
    public NaiveModel() {}

    @Override
    public String description() {
        return "naive";
    }

    @Override
    public void update(double sample) {
        if (Double.isFinite(sample)) {
            newest = sample;
        }
    }

    @Override
    public void skip() {}

    @Override
    public double next() {
        return newest;
    }

    @Override
    public void forecast(double[] mean) {
        Arrays.fill(mean, newest);
    }

    @Override
    public void errorGrowth(double[] factors) {
        for (int step = 0; step < factors.length; step++) {
            factors[step] = Math.sqrt(step + 1.0);
        }
    }

    @Override
    public NaiveModel copy() {
        NaiveModel copy = new NaiveModel();
        copy.newest = newest;
        return copy;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeDouble(newest);
    }

    /**
     * Returns the model that {@link #save} wrote.
     *
     * @param in stands at the version byte
     * @throws IOException if the input fails, ends early, or is of another version
     */
    public static NaiveModel load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        NaiveModel model = new NaiveModel();
        model.newest = Saved.finite(in, "newest");
        return model;
    }
}
