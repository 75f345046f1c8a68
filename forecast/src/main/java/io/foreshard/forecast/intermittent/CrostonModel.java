package io.foreshard.forecast.intermittent;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Croston's method (1972) for demand with many zero steps: the sizes of the demands and the intervals between them are smoothed
 * by their own, and the forecast of every step is size over interval. The first size and interval start them. The variant of
 * Syntetos and Boylan (2005) takes out the bias of that ratio with the factor 1 - α/2.
 *
 * <p>A sample of 0 or below is a step without demand; a skipped step counts for no interval. Nothing changes between demands, so a series that has died keeps its forecast:
 * {@link TsbModel} lets it fade. The growth of the error is that of simple exponential smoothing.
 *
 * <p>Confined to one thread at a time.
 */
public final class CrostonModel implements StreamingModel {

    /** The gain Croston proposed. */
    public static final double DEFAULT_GAIN = 0.1;

    private static final int VERSION = 1;

    private final double gain;
    private final boolean unbiased;
    private double size;
    private double interval;
    private boolean started;
    private int stepsSinceDemand;

    private CrostonModel(double gain, boolean unbiased) {
        this.gain = gain;
        this.unbiased = unbiased;
    }

    /**
     * Returns a model after Croston.
     *
     * @param gain weight of the newest size and interval, in (0, 1], {@value #DEFAULT_GAIN} as a rule
     * @throws IllegalArgumentException if out of range
     */
    public static CrostonModel croston(double gain) {
        return new CrostonModel(Checks.gain("gain", gain), false);
    }

    /**
     * Returns a model after Syntetos and Boylan.
     *
     * @param gain weight of the newest size and interval, in (0, 1], {@value #DEFAULT_GAIN} as a rule
     * @throws IllegalArgumentException if out of range
     */
    public static CrostonModel sba(double gain) {
        return new CrostonModel(Checks.gain("gain", gain), true);
    }

    @Override
    public String description() {
        return (unbiased ? "Croston(SBA)" : "Croston") + " α=" + gain;
    }

    @Override
    public void update(double sample) {
        if (!Double.isFinite(sample)) {
            return;
        }
        stepsSinceDemand = Math.min(stepsSinceDemand + 1, Integer.MAX_VALUE - 1);
        if (sample > 0) {
            learn(sample);
            stepsSinceDemand = 0;
        }
    }

    private void learn(double sample) {
        double nextSize = size + gain * (sample - size);
        if (started && Double.isFinite(nextSize)) {
            size = nextSize;
            interval += gain * (stepsSinceDemand - interval);
        } else {
            size = sample;
            interval = stepsSinceDemand;
            started = true;
        }
    }

    @Override
    public void skip() {}

    @Override
    public double next() {
        return started ? (unbiased ? 1 - gain / 2 : 1) * size / interval : 0;
    }

    @Override
    public void forecast(double[] mean) {
        Arrays.fill(mean, next());
    }

    @Override
    public void errorGrowth(double[] factors) {
        Checks.writeGrowth(factors, gain);
    }

    @Override
    public CrostonModel copy() {
        CrostonModel copy = new CrostonModel(gain, unbiased);
        copy.size = size;
        copy.interval = interval;
        copy.started = started;
        copy.stepsSinceDemand = stepsSinceDemand;
        return copy;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeDouble(gain);
        out.writeBoolean(unbiased);
        out.writeDouble(size);
        out.writeDouble(interval);
        out.writeBoolean(started);
        out.writeInt(stepsSinceDemand);
    }

    /**
     * Returns the model that {@link #save} wrote.
     *
     * @param in stands at the version byte
     * @throws IOException if the input fails, ends early, or is of another version
     */
    public static CrostonModel load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        CrostonModel model = new CrostonModel(Checks.readGain(in, "gain"), in.readBoolean());
        model.size = Saved.magnitude(in, "size");
        model.interval = Saved.magnitude(in, "interval");
        model.started = in.readBoolean();
        model.stepsSinceDemand = Saved.between(in, "stepsSinceDemand", 0, Integer.MAX_VALUE - 1);
        if (model.started && model.interval < 1) {
            throw new IOException("interval: " + model.interval + " (expected: >= 1)");
        }
        return model;
    }
}
