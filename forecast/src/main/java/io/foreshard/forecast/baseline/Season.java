package io.foreshard.forecast.baseline;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** One value per phase of a season and the phase of the next step. A phase without samples has the value of the newest sample. */
final class Season {

    private final double[] values;
    private int phase;
    private double newest;

    Season(int periodSteps) {
        values = new double[periodSteps];
        Arrays.fill(values, Double.NaN);
    }

    Season(Season other) {
        values = other.values.clone();
        phase = other.phase;
        newest = other.newest;
    }

    int periodSteps() {
        return values.length;
    }

    int phase() {
        return phase;
    }

    boolean isKnown() {
        return !Double.isNaN(values[phase]);
    }

    double value() {
        return valueOf(phase);
    }

    private double valueOf(int at) {
        return Double.isNaN(values[at]) ? newest : values[at];
    }

    /** Sets the value of the phase of the next step. */
    void set(double value, double sample) {
        values[phase] = value;
        newest = sample;
    }

    void advance() {
        phase = phase + 1 == values.length ? 0 : phase + 1;
    }

    void write(double[] mean) {
        int at = phase;
        for (int step = 0; step < mean.length; step++) {
            mean[step] = valueOf(at);
            at = at + 1 == values.length ? 0 : at + 1;
        }
    }

    /** Writes the growth of an error whose variance gains a share of that of the next step with each season. */
    void writeGrowth(double[] factors, double gainPerSeason) {
        for (int step = 0; step < factors.length; step++) {
            int wholeSeasons = step / values.length;
            factors[step] = Math.sqrt(1 + wholeSeasons * gainPerSeason);
        }
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
        out.writeInt(phase);
        out.writeDouble(newest);
    }

    static Season load(DataInput in) throws IOException {
        Season season = new Season(Saved.between(in, "periodSteps", 1, Checks.MAX_LENGTH));
        for (int index = 0; index < season.values.length; index++) {
            season.values[index] = valueOf(in);
        }
        season.phase = Saved.between(in, "phase", 0, season.values.length - 1);
        season.newest = Saved.finite(in, "newest");
        return season;
    }

    private static double valueOf(DataInput in) throws IOException {
        double value = in.readDouble();
        if (Double.isInfinite(value)) {
            throw new IOException("value: " + value + " (expected: finite, NaN where unknown)");
        }
        return value;
    }
}
