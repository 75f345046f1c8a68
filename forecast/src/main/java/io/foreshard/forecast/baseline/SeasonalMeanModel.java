package io.foreshard.forecast.baseline;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Forecasts the exponentially weighted mean of the same phase over the seasons so far: simple exponential smoothing of each phase
 * by its own. The gain begins as 1/n, the plain mean, and falls to the given one. A phase without samples gets the newest sample
 * of all, 0 before the first.
 *
 * <p>The growth of the error is that of simple exponential smoothing, with seasons as steps: √(1 + kα²), k whole seasons ahead.
 *
 * <p>Confined to one thread at a time. The memory is a value and a count per phase.
 */
public final class SeasonalMeanModel implements StreamingModel {

    private static final int VERSION = 1;

    private final Season season;
    private final int[] counts;
    private final double gain;

    /**
     * Makes a model without samples.
     *
     * @param periodSteps length of the season, from 1 to 1 048 576
     * @param gain weight of the newest season, in (0, 1]
     * @throws IllegalArgumentException if out of range
     */
    public SeasonalMeanModel(int periodSteps, double gain) {
        this(new Season(Checks.length("periodSteps", periodSteps)), new int[periodSteps], gain);
        if (!(gain > 0 && gain <= 1)) {
            throw new IllegalArgumentException("gain: " + gain + " (expected: in (0, 1])");
        }
    }

    private SeasonalMeanModel(Season season, int[] counts, double gain) {
        this.season = season;
        this.counts = counts;
        this.gain = gain;
    }

    @Override
    public String description() {
        return "seasonal mean(" + season.periodSteps() + ") gain=" + gain;
    }

    @Override
    public void update(double sample) {
        if (Double.isFinite(sample)) {
            season.set(season.isKnown() ? corrected(sample) : sample, sample);
            counts[season.phase()] = Math.min(counts[season.phase()] + 1, Integer.MAX_VALUE - 1);
        }
        season.advance();
    }

    private double corrected(double sample) {
        double mean = season.value();
        double weight = Math.max(gain, 1.0 / (counts[season.phase()] + 1));
        double value = mean + weight * (sample - mean);
        return Double.isFinite(value) ? value : sample;
    }

    @Override
    public void skip() {
        season.advance();
    }

    @Override
    public double next() {
        return season.value();
    }

    @Override
    public void forecast(double[] mean) {
        season.write(mean);
    }

    @Override
    public void errorGrowth(double[] factors) {
        season.writeGrowth(factors, gain * gain);
    }

    @Override
    public SeasonalMeanModel copy() {
        return new SeasonalMeanModel(new Season(season), counts.clone(), gain);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeDouble(gain);
        season.save(out);
        for (int count : counts) {
            out.writeInt(count);
        }
    }

    /**
     * Returns the model that {@link #save} wrote.
     *
     * @param in stands at the version byte
     * @throws IOException if the input fails, ends early, or is of another version
     */
    public static SeasonalMeanModel load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        double gain = Saved.finite(in, "gain");
        if (!(gain > 0 && gain <= 1)) {
            throw new IOException("gain: " + gain + " (expected: in (0, 1])");
        }
        Season season = Season.load(in);
        int[] counts = new int[season.periodSteps()];
        for (int index = 0; index < counts.length; index++) {
            counts[index] = Saved.between(in, "counts", 0, Integer.MAX_VALUE - 1);
        }
        return new SeasonalMeanModel(season, counts, gain);
    }
}
