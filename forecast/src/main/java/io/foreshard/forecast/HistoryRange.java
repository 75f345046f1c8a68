package io.foreshard.forecast;

/**
 * The range of the samples seen, which slowly forgets: both ends move towards each new sample by 1/{@value #MEMORY_STEPS} of the
 * distance, so that one absurd sample does not widen the bounds for ever.
 */
final class HistoryRange {

    static final int MEMORY_STEPS = 1024;

    private final double widening;
    private double low;
    private double high;

    HistoryRange(double widening) {
        this.widening = widening;
    }

    void start(double sample) {
        low = sample;
        high = sample;
    }

    void include(double sample) {
        low = Math.min(sample, low + (sample - low) / MEMORY_STEPS);
        high = Math.max(sample, high - (high - sample) / MEMORY_STEPS);
    }

    /** The nearest value within the range widened on each side by its width times the factor. */
    double clamp(double value) {
        double margin = widening * (high - low);
        return Math.max(low - margin, Math.min(high + margin, value));
    }
}
