package io.foreshard.forecast.baseline;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Forecasts the median of the newest samples for every step: for series that have a level, rare spikes and nothing else. 0 before
 * the first sample. Skipped steps leave the window as it is. The error does not grow with the horizon, as the model holds samples
 * for independent.
 *
 * <p>Confined to one thread at a time. {@link #update} moves at most the window in memory.
 */
public final class WindowMedianModel implements StreamingModel {

    private static final int VERSION = 1;

    /** The samples in the order they came, a ring. */
    private final double[] window;

    private final double[] sorted;
    private int oldest;
    private int length;

    /**
     * Makes a model without samples.
     *
     * @param windowSamples length of the window, from 1 to 1 048 576
     * @throws IllegalArgumentException if out of range
     */
    public WindowMedianModel(int windowSamples) {
        window = new double[Checks.length("windowSamples", windowSamples)];
        sorted = new double[windowSamples];
    }

    @Override
    public String description() {
        return "median(" + window.length + ")";
    }

    @Override
    public void update(double sample) {
        if (!Double.isFinite(sample)) {
            return;
        }
        if (length == window.length) {
            remove(window[oldest]);
            window[oldest] = sample;
            oldest = oldest + 1 == window.length ? 0 : oldest + 1;
        } else {
            window[length] = sample;
        }
        insert(sample);
    }

    private void remove(double sample) {
        int index = Arrays.binarySearch(sorted, 0, length, sample);
        System.arraycopy(sorted, index + 1, sorted, index, length - index - 1);
        length--;
    }

    private void insert(double sample) {
        int found = Arrays.binarySearch(sorted, 0, length, sample);
        int index = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, index, sorted, index + 1, length - index);
        sorted[index] = sample;
        length++;
    }

    @Override
    public void skip() {}

    @Override
    public double next() {
        return length == 0 ? 0 : sorted[(length - 1) / 2] / 2 + sorted[length / 2] / 2;
    }

    @Override
    public void forecast(double[] mean) {
        Arrays.fill(mean, next());
    }

    @Override
    public void errorGrowth(double[] factors) {
        Arrays.fill(factors, 1);
    }

    @Override
    public WindowMedianModel copy() {
        WindowMedianModel copy = new WindowMedianModel(window.length);
        System.arraycopy(window, 0, copy.window, 0, window.length);
        System.arraycopy(sorted, 0, copy.sorted, 0, length);
        copy.oldest = oldest;
        copy.length = length;
        return copy;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(window.length);
        out.writeInt(length);
        for (int index = 0; index < length; index++) {
            out.writeDouble(window[(oldest + index) % window.length]);
        }
    }

    /**
     * Returns the model that {@link #save} wrote.
     *
     * @param in stands at the version byte
     * @throws IOException if the input fails, ends early, or is of another version
     */
    public static WindowMedianModel load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        WindowMedianModel model = new WindowMedianModel(Saved.between(in, "windowSamples", 1, Checks.MAX_LENGTH));
        int length = Saved.between(in, "length", 0, model.window.length);
        for (int index = 0; index < length; index++) {
            model.update(Saved.finite(in, "window"));
        }
        return model;
    }
}
