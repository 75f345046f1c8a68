package io.foreshard.forecast.trend;

import io.foreshard.forecast.interval.HistoryRange;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Level and trend of Holt's method with a damped trend, in error-correction form (Gardner and McKenzie 1985, eq. 5). */
public final class DampedTrend {

    private final double phi;
    private double level;
    private double trend;

    /** Makes a trend that keeps the share {@code phi} of itself at each step, in (0, 1]. */
    public DampedTrend(double phi) {
        this.phi = phi;
    }

    /** Makes a trend that goes on where another stands. */
    public DampedTrend(DampedTrend other) {
        phi = other.phi;
        level = other.level;
        trend = other.trend;
    }

    /** Begins at a level with a trend. */
    public void start(double firstLevel, double firstTrend) {
        level = firstLevel;
        trend = firstTrend;
    }

    /** Returns the level. */
    public double level() {
        return level;
    }

    /** Returns the change from step to step. */
    public double trend() {
        return trend;
    }

    /** The forecast of the next step. */
    public double next() {
        return level + phi * trend;
    }

    /** Moves one step ahead with the given sample; the gains lie in (0, 1]. */
    public void correct(double sample, double levelGain, double trendGain) {
        double error = sample - next();
        level = next() + levelGain * error;
        trend = phi * trend + levelGain * trendGain * error;
    }

    /** Moves one step ahead without a sample; the level ends within the bounds, however long the gap is. */
    public void skip(HistoryRange bounds) {
        level = bounds.clamp(next());
        trend *= phi;
    }

    /** Writes the forecasts of the next steps. */
    public void project(double[] mean) {
        double damping = 1;
        double value = level;
        for (int step = 0; step < mean.length; step++) {
            damping *= phi;
            value += damping * trend;
            mean[step] = value;
        }
    }

    /** Writes the state, not φ. */
    public void save(DataOutput out) throws IOException {
        out.writeDouble(level);
        out.writeDouble(trend);
    }

    /** Reads what {@link #save} wrote. */
    public void restore(DataInput in) throws IOException {
        level = Saved.moderate(in, "level");
        trend = Saved.moderate(in, "trend");
    }
}
