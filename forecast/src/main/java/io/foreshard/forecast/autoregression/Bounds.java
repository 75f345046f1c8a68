package io.foreshard.forecast.autoregression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The range of the samples seen, which slowly forgets, widened on both sides: forecasts stay within. Both ends move towards each
 * sample by 1/{@value #MEMORY_STEPS} of the distance, so that one absurd sample does not widen the bounds for ever.
 */
final class Bounds {

    private static final int MEMORY_STEPS = 1024;

    private final double widening;
    private double low;
    private double high;

    Bounds(double widening) {
        this.widening = widening;
    }

    Bounds(Bounds other) {
        widening = other.widening;
        low = other.low;
        high = other.high;
    }

    void start(double sample) {
        low = sample;
        high = sample;
    }

    void include(double sample) {
        low = Math.min(sample, low + (sample - low) / MEMORY_STEPS);
        high = Math.max(sample, high - (high - sample) / MEMORY_STEPS);
    }

    double width() {
        return high - low;
    }

    double clamp(double value) {
        double margin = widening * (high - low);
        return Math.max(low - margin, Math.min(high + margin, value));
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(low);
        out.writeDouble(high);
    }

    void restore(DataInput in) throws IOException {
        low = in.readDouble();
        high = in.readDouble();
    }
}
