package io.foreshard.forecast.baseline;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Goes on along the line through the first and the newest sample: a random walk with drift. 0 before the first sample, flat after
 * it. Skipped steps count as time. Values beyond the range of a double are cut off there.
 *
 * <p>Confined to one thread at a time.
 */
public final class DriftModel implements StreamingModel {

    private static final int VERSION = 1;

    private double first;
    private double newest;
    private boolean started;
    /** Steps from the first sample to the newest. */
    private long span;
    /** Steps skipped after the newest sample. */
    private long gap;

    /** Makes a model without samples. */
    public DriftModel() {}

    @Override
    public String description() {
        return "drift";
    }

    @Override
    public void update(double sample) {
        if (!Double.isFinite(sample)) {
            skip();
        } else if (started) {
            span += gap + 1;
            gap = 0;
            newest = sample;
        } else {
            started = true;
            first = sample;
            newest = sample;
        }
    }

    @Override
    public void skip() {
        if (started) {
            gap++;
        }
    }

    @Override
    public double next() {
        return ahead(1);
    }

    @Override
    public void forecast(double[] mean) {
        for (int step = 0; step < mean.length; step++) {
            mean[step] = ahead(step + 1);
        }
    }

    private double ahead(int steps) {
        double value = newest + slope() * ((double) gap + steps);
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    private double slope() {
        return span == 0 ? 0 : newest / span - first / span;
    }

    @Override
    public void errorGrowth(double[] factors) {
        double next = variance(1);
        for (int step = 0; step < factors.length; step++) {
            factors[step] = Math.sqrt(variance(step + 1) / next);
        }
    }

    /** The error of the walk itself and that of the slope, in variances of one change. */
    private double variance(int steps) {
        return steps * (1 + (span == 0 ? 0 : (double) steps / span));
    }

    @Override
    public DriftModel copy() {
        DriftModel copy = new DriftModel();
        copy.first = first;
        copy.newest = newest;
        copy.started = started;
        copy.span = span;
        copy.gap = gap;
        return copy;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeDouble(first);
        out.writeDouble(newest);
        out.writeBoolean(started);
        out.writeLong(span);
        out.writeLong(gap);
    }

    /**
     * Returns the model that {@link #save} wrote.
     *
     * @param in stands at the version byte
     * @throws IOException if the input fails, ends early, or is of another version
     */
    public static DriftModel load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        DriftModel model = new DriftModel();
        model.first = Saved.finite(in, "first");
        model.newest = Saved.finite(in, "newest");
        model.started = in.readBoolean();
        model.span = Saved.count(in, "span");
        model.gap = Saved.count(in, "gap");
        return model;
    }
}
