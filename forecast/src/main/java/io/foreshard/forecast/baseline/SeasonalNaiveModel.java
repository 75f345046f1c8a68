package io.foreshard.forecast.baseline;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Forecasts the newest sample of the same phase: where the season before misses it, that of a season earlier. A phase without
 * samples gets the newest sample of all, 0 before the first. The variance of its error grows by that of the first season with each
 * season ahead.
 *
 * <p>Confined to one thread at a time. The memory is one value per phase.
 */
public final class SeasonalNaiveModel implements StreamingModel {

    private static final int VERSION = 1;

    private final Season season;

    /**
     * Makes a model without samples.
     *
     * @param periodSteps length of the season, from 1 to 1 048 576
     * @throws IllegalArgumentException if out of range
     */
    public SeasonalNaiveModel(int periodSteps) {
        this(new Season(Checks.length("periodSteps", periodSteps)));
    }

    private SeasonalNaiveModel(Season season) {
        this.season = season;
    }

    @Override
    public String description() {
        return "seasonal naive(" + season.periodSteps() + ")";
    }

    @Override
    public void update(double sample) {
        if (Double.isFinite(sample)) {
            season.set(sample, sample);
        }
        season.advance();
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
        season.writeGrowth(factors, 1);
    }

    @Override
    public SeasonalNaiveModel copy() {
        return new SeasonalNaiveModel(new Season(season));
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        season.save(out);
    }

    /**
     * Returns the model that {@link #save} wrote.
     *
     * @param in stands at the version byte
     * @throws IOException if the input fails, ends early, or is of another version
     */
    public static SeasonalNaiveModel load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        return new SeasonalNaiveModel(Season.load(in));
    }
}
