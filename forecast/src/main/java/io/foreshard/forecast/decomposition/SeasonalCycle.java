package io.foreshard.forecast.decomposition;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The newest cycle of one season and the phase of the next step. Moves of single phases keep the sum: what one gains all give, by an
 * offset common to all.
 */
final class SeasonalCycle {

    private static final int MAX_PERIOD = 1 << 20;

    private final double[] values;
    private int phase;
    private double offset;

    /** Takes over the values, of which the first is that of the next step. */
    SeasonalCycle(double[] values) {
        this.values = values;
    }

    SeasonalCycle copy() {
        SeasonalCycle copy = new SeasonalCycle(values.clone());
        copy.phase = phase;
        copy.offset = offset;
        return copy;
    }

    int period() {
        return values.length;
    }

    /** The season of the next step. */
    double next() {
        return values[phase] + offset;
    }

    void move(double change) {
        values[phase] += change;
        offset -= change / values.length;
    }

    void advance() {
        phase = phase + 1 == values.length ? 0 : phase + 1;
    }

    /** Adds the season of the next steps. */
    void addTo(double[] mean) {
        int at = phase;
        for (int step = 0; step < mean.length; step++) {
            mean[step] += values[at] + offset;
            at = at + 1 == values.length ? 0 : at + 1;
        }
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(values.length);
        out.writeInt(phase);
        out.writeDouble(offset);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    static SeasonalCycle load(DataInput in) throws IOException {
        int period = in.readInt();
        if (period < 1 || period > MAX_PERIOD) {
            throw new IOException("period: " + period + " (expected: 1…" + MAX_PERIOD + ")");
        }
        int phase = in.readInt();
        if (phase < 0 || phase >= period) {
            throw new IOException("phase: " + phase + " (expected: 0…" + (period - 1) + ")");
        }
        double offset = Saved.moderate(in, "offset");
        double[] values = new double[period];
        for (int i = 0; i < period; i++) {
            values[i] = Saved.moderate(in, "values");
        }
        SeasonalCycle cycle = new SeasonalCycle(values);
        cycle.phase = phase;
        cycle.offset = offset;
        return cycle;
    }
}
