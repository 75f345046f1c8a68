package io.foreshard.forecast;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The newest samples of a series, in a ring that grows up to its bound; NaN stands for a skipped step. */
final class SampleHistory {

    private static final int FIRST_CAPACITY = 64;

    private final int maxSamples;
    private double[] ring;
    private long count;

    SampleHistory(int maxSamples) {
        this.maxSamples = maxSamples;
        ring = new double[Math.min(FIRST_CAPACITY, maxSamples)];
    }

    void add(double sample) {
        if (count == ring.length && ring.length < maxSamples) {
            double[] larger = new double[(int) Math.min(maxSamples, 2L * ring.length)];
            System.arraycopy(ring, 0, larger, 0, ring.length);
            ring = larger;
        }
        ring[(int) (count++ % ring.length)] = sample;
    }

    /** How many steps were added in all. */
    long count() {
        return count;
    }

    /** How many of them are kept. */
    long kept() {
        return Math.min(count, ring.length);
    }

    /** The steps that are kept, oldest first. */
    double[] toArray() {
        return newest(kept());
    }

    /** The newest steps, oldest first; fewer when not that many are kept. */
    double[] newest(long steps) {
        int length = (int) Math.min(steps, kept());
        double[] samples = new double[length];
        for (int index = 0; index < length; index++) {
            samples[index] = ring[(int) ((count - length + index) % ring.length)];
        }
        return samples;
    }

    void save(DataOutput out) throws IOException {
        double[] kept = toArray();
        out.writeLong(count);
        out.writeInt(kept.length);
        for (double sample : kept) {
            out.writeDouble(sample);
        }
    }

    void restore(DataInput in) throws IOException {
        long steps = Saved.count(in, "history");
        int kept = in.readInt();
        if (kept < 0 || kept > maxSamples || steps < kept || (steps > kept && kept < maxSamples)) {
            throw new IOException("history: " + kept + " of " + steps + " steps (expected: up to " + maxSamples + ")");
        }
        ring = new double[Math.max(kept, Math.min(FIRST_CAPACITY, maxSamples))];
        count = steps - kept;
        for (int index = 0; index < kept; index++) {
            add(sample(in));
        }
    }

    private static double sample(DataInput in) throws IOException {
        double sample = in.readDouble();
        if (Double.isInfinite(sample)) {
            throw new IOException("sample: " + sample + " (expected: finite or NaN)");
        }
        return sample;
    }
}
