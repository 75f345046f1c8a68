package io.foreshard.forecast.intermittent;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The method of Teunter, Syntetos and Babai (2011) for demand with many zero steps that may die out: the probability of a demand
 * is smoothed at every step, the size at every demand, and the forecast of every step is their product. Both gains begin as 1/n,
 * plain means, and fall to the given ones.
 *
 * <p>A sample of 0 or below is a step without demand; a skipped step changes nothing. The growth of the error is that of simple exponential smoothing with the greater gain.
 *
 * <p>Confined to one thread at a time.
 */
public final class TsbModel implements StreamingModel {

    private static final int VERSION = 1;

    private final double sizeGain;
    private final double probabilityGain;
    private double size;
    private double probability;
    private int steps;
    private int demands;

    /**
     * Makes a model without samples.
     *
     * @param sizeGain weight of the newest size, in (0, 1]
     * @param probabilityGain weight of the newest step in the probability of a demand, in (0, 1]
     * @throws IllegalArgumentException if out of range
     */
    public TsbModel(double sizeGain, double probabilityGain) {
        this.sizeGain = Checks.gain("sizeGain", sizeGain);
        this.probabilityGain = Checks.gain("probabilityGain", probabilityGain);
    }

    @Override
    public String description() {
        return "TSB α=" + sizeGain + " β=" + probabilityGain;
    }

    @Override
    public void update(double sample) {
        if (!Double.isFinite(sample)) {
            return;
        }
        steps = Math.min(steps + 1, Integer.MAX_VALUE - 1);
        probability += Math.max(probabilityGain, 1.0 / steps) * ((sample > 0 ? 1 : 0) - probability);
        if (sample > 0) {
            demands = Math.min(demands + 1, Integer.MAX_VALUE - 1);
            double nextSize = size + Math.max(sizeGain, 1.0 / demands) * (sample - size);
            size = Double.isFinite(nextSize) ? nextSize : sample;
        }
    }

    @Override
    public void skip() {}

    @Override
    public double next() {
        return probability * size;
    }

    @Override
    public void forecast(double[] mean) {
        Arrays.fill(mean, next());
    }

    @Override
    public void errorGrowth(double[] factors) {
        Checks.writeGrowth(factors, Math.max(sizeGain, probabilityGain));
    }

    @Override
    public TsbModel copy() {
        TsbModel copy = new TsbModel(sizeGain, probabilityGain);
        copy.size = size;
        copy.probability = probability;
        copy.steps = steps;
        copy.demands = demands;
        return copy;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeDouble(sizeGain);
        out.writeDouble(probabilityGain);
        out.writeDouble(size);
        out.writeDouble(probability);
        out.writeInt(steps);
        out.writeInt(demands);
    }

    /**
     * Returns the model that {@link #save} wrote.
     *
     * @param in stands at the version byte
     * @throws IOException if the input fails, ends early, or is of another version
     */
    public static TsbModel load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        TsbModel model = new TsbModel(Checks.readGain(in, "sizeGain"), Checks.readGain(in, "probabilityGain"));
        model.size = Saved.magnitude(in, "size");
        model.probability = Saved.magnitude(in, "probability");
        if (model.probability > 1) {
            throw new IOException("probability: " + model.probability + " (expected: 0…1)");
        }
        model.steps = Saved.between(in, "steps", 0, Integer.MAX_VALUE - 1);
        model.demands = Saved.between(in, "demands", 0, model.steps);
        return model;
    }
}
