package io.foreshard.stackvirt.traffic;

import java.util.ArrayList;
import java.util.List;

/** How long pauses are: counts that fade of their lengths in slots, in bins an eighth of an octave wide. */
final class PauseTimes {

    private static final Octaves LENGTHS = new Octaves(3, 136);
    private static final float LIMIT = 300;
    /** With less than this left of the counts, nothing is known of how much longer a pause lasts. */
    private static final double LEAST_KNOWN = 0.5;

    private final float[] counts = new float[LENGTHS.bins()];
    private final double[] covered = new double[QuantileTracker.levels()];
    private float total;
    private double trials;

    /** Takes a pause that is over. */
    void ended(long slots) {
        if (total > 0) {
            double fade = trials >= LIMIT ? LIMIT / (LIMIT + 1) : 1;
            trials = (trials + 1) * fade;
            for (int level = 0; level < covered.length; level++) {
                boolean holds = slots <= quantile(QuantileTracker.level(level), 0);
                covered[level] = (covered[level] + (holds ? 1 : 0)) * fade;
            }
        }
        if (total >= LIMIT) {
            float fade = LIMIT / (LIMIT + 1);
            total *= fade;
            for (int bin = 0; bin < counts.length; bin++) {
                counts[bin] *= fade;
            }
        }
        counts[LENGTHS.bin(slots)]++;
        total++;
    }

    /** Returns a quantile of the length of a pause that has lasted for some slots; NaN if none was ever so long. */
    private double quantile(double level, long lasted) {
        int first = LENGTHS.bin(lasted);
        double beyond = 0;
        for (int bin = first; bin < counts.length; bin++) {
            beyond += counts[bin];
        }
        if (beyond < LEAST_KNOWN) {
            return Double.NaN;
        }
        double sum = 0;
        for (int bin = first; bin < counts.length; bin++) {
            sum += counts[bin];
            if (sum >= level * beyond) {
                return LENGTHS.last(bin);
            }
        }
        return LENGTHS.last(counts.length - 1);
    }

    /** Returns the quantiles of the pause that is now, or of the next one. */
    List<ExpectedQuantile> quantiles(long lasted) {
        List<ExpectedQuantile> all = new ArrayList<>();
        for (int i = 0; i < covered.length; i++) {
            double level = QuantileTracker.level(i);
            double coverage = trials == 0 ? Double.NaN : covered[i] / trials;
            all.add(new ExpectedQuantile(level, quantile(level, lasted), coverage));
        }
        return all;
    }
}
