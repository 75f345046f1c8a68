package io.foreshard.flowshaper.control;

/**
 * Latency without stray samples, and how much of it is noise. The median of three where samples come so often that one more of them adds
 * little to the loop delay; else the sample itself. Not safe for use by several threads.
 */
final class LatencyFilter {

    private static final double NOISE_WEIGHT = 1.0 / 16;
    /** Mean of |x - 2y + z| over the standard deviation, for three normal values; a ramp leaves it at 0. */
    private static final double SECOND_DIFFERENCE = 1.954;

    private double newest = Double.NaN;
    private double before = Double.NaN;
    private double beforeThat = Double.NaN;
    private double noiseNanos;

    void sample(double latencyNanos) {
        beforeThat = before;
        before = newest;
        newest = latencyNanos;
        if (isFull()) {
            double bend = Math.abs(newest - 2 * before + beforeThat) / SECOND_DIFFERENCE;
            noiseNanos += NOISE_WEIGHT * (bend - noiseNanos);
        }
    }

    private boolean isFull() {
        return !Double.isNaN(beforeThat);
    }

    /** Returns the filtered latency, NaN before the first sample. */
    double latencyNanos(boolean often) {
        if (!often || !isFull()) {
            return newest;
        }
        return Math.max(Math.min(newest, before), Math.min(Math.max(newest, before), beforeThat));
    }

    /** Returns the standard deviation of what is no trend. */
    double noiseNanos() {
        return noiseNanos;
    }
}
