package io.foreshard.forecast.interval;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The range of the samples seen, which slowly forgets: both ends move towards each new sample by 1/{@value #MEMORY_STEPS} of the
 * distance, so that one absurd sample does not widen the bounds for ever. Confined to one thread at a time.
 */
public final class HistoryRange {

    /** Time constant of the forgetting, in samples. */
    public static final int MEMORY_STEPS = 1024;

    private final double widening;
    private double low;
    private double high;

    /**
     * Makes a range that has seen no sample.
     *
     * @param widening what {@link #clamp} allows beyond the range on each side, in widths of the range, at least 0
     */
    public HistoryRange(double widening) {
        this.widening = widening;
    }

    /**
     * Makes a range that goes on where another stands, by its own.
     *
     * @param other left as it is
     */
    public HistoryRange(HistoryRange other) {
        widening = other.widening;
        low = other.low;
        high = other.high;
    }

    /**
     * Begins with the first sample.
     *
     * @param sample finite
     */
    public void start(double sample) {
        low = sample;
        high = sample;
    }

    /**
     * Takes the next sample.
     *
     * @param sample finite
     */
    public void include(double sample) {
        low = Math.min(sample, low + (sample - low) / MEMORY_STEPS);
        high = Math.max(sample, high - (high - sample) / MEMORY_STEPS);
    }

    /** Returns the lower end. */
    public double low() {
        return low;
    }

    /** Returns the upper end. */
    public double high() {
        return high;
    }

    /**
     * Returns the nearest value within the widened range.
     *
     * @param value any number but NaN
     */
    public double clamp(double value) {
        double margin = widening * (high - low);
        return Math.max(low - margin, Math.min(high + margin, value));
    }

    /**
     * Writes both ends, not the widening.
     *
     * @param out receives two doubles
     * @throws IOException if the output fails
     */
    public void save(DataOutput out) throws IOException {
        out.writeDouble(low);
        out.writeDouble(high);
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @param in stands before the two doubles
     * @throws IOException if the input fails, or they are out of order or beyond ±1e301
     */
    public void restore(DataInput in) throws IOException {
        low = Saved.moderate(in, "low");
        high = Saved.moderate(in, "high");
        if (low > high) {
            throw new IOException("low: " + low + " (expected: at most high, " + high + ")");
        }
    }
}
