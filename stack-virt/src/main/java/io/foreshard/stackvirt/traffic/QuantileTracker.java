package io.foreshard.stackvirt.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * Quantiles of the counts of a slot some slots ahead: each so many spreads from the expected count, moved up by each count above it and down by each other one, so
 * that it covers its share in the long run however counts are distributed (Gibbs and Candès, Adaptive conformal inference under distribution shift, NeurIPS 2021). Apart for
 * slots after an empty one, after an ordinary one and within a burst.
 */
final class QuantileTracker {

    /** After an empty slot, an ordinary one, one of a burst. */
    static final int REGIMES = 3;

    private static final double[] LEVELS = {0.1, 0.5, 0.9, 0.99};
    /** Those of the normal distribution, see {@link #spreads}. */
    private static final double[] FIRST = {-0.79, 0, 0.79, 1.08};

    private static final double LEAST_RATE = 0.03;
    private static final double FIRST_RATE = 0.3;
    private static final double FARTHEST = 6;
    private static final double LIMIT = 5000;
    private static final int COUNT = LEVELS.length;

    private final int ahead;
    private final float[] offsets = new float[REGIMES * COUNT];
    private final int[] learned = new int[REGIMES];
    private final float[] said;
    private final byte[] regimes;
    private final double[] covered = new double[COUNT];
    private double trials;
    private double cost;
    private int next;
    private int known;

    /**
     * Makes one that has seen nothing.
     *
     * @param ahead how many slots, at least 1
     */
    QuantileTracker(int ahead) {
        this.ahead = ahead;
        said = new float[ahead * COUNT];
        regimes = new byte[ahead];
        for (int at = 0; at < offsets.length; at++) {
            offsets[at] = (float) FIRST[at % COUNT];
        }
    }

    static int levels() {
        return COUNT;
    }

    static double level(int index) {
        return LEVELS[index];
    }

    /** Takes the count of a slot, and what is expected of the one so far ahead of it. */
    void slot(double count, double center, double spread, int regime) {
        if (known == ahead) {
            settle(count);
        } else {
            known++;
        }
        regimes[next] = (byte) regime;
        for (int level = 0; level < COUNT; level++) {
            said[next * COUNT + level] = (float) raw(level, center, spread, regime);
        }
        next = (next + 1) % ahead;
    }

    /** Leaves out what was said of slots that are still to come. */
    void forget() {
        known = 0;
    }

    private double raw(int level, double center, double spread, int regime) {
        return center + spreads(offsets[regime * COUNT + level]) * spread;
    }

    /** Far from the expected count quantiles move by larger steps, or they would not get where bursts are. */
    private static double spreads(double offset) {
        return offset + offset * offset * offset;
    }

    private void settle(double count) {
        int regime = regimes[next];
        double rate = Math.max(LEAST_RATE, FIRST_RATE / (1 + learned[regime]++ / 16.0));
        learned[regime] = Math.min(learned[regime], 1 << 20);
        double fade = trials >= LIMIT ? LIMIT / (LIMIT + 1) : 1;
        trials = (trials + 1) * fade;
        double shown = 0;
        cost = 0;
        for (int level = 0; level < COUNT; level++) {
            double quantile = said[next * COUNT + level];
            int at = regime * COUNT + level;
            double moved = offsets[at] + rate * (LEVELS[level] - (count <= quantile ? 1 : 0));
            offsets[at] = (float) Math.max(-FARTHEST, Math.min(FARTHEST, moved));
            shown = Math.max(shown, Math.floor(quantile));
            covered[level] = (covered[level] + (count <= shown ? 1 : 0)) * fade;
            cost += pinball(LEVELS[level], shown, count);
        }
    }

    /** Returns what a quantile costs when a count comes: its own share of the distance if it is below, the rest if it is above. */
    static double pinball(double level, double quantile, double count) {
        return count > quantile ? level * (count - quantile) : (1 - level) * (quantile - count);
    }

    /** Returns what the quantiles of the newest slot cost, all levels together. */
    double cost() {
        return cost;
    }

    /** Returns the quantiles of the slot so far ahead of the newest one. */
    List<ExpectedQuantile> quantiles() {
        List<ExpectedQuantile> all = new ArrayList<>();
        int newest = Math.floorMod(next - 1, ahead);
        double value = 0;
        for (int level = 0; level < COUNT; level++) {
            value = Math.max(value, Math.floor(said[newest * COUNT + level]));
            all.add(new ExpectedQuantile(LEVELS[level], known == 0 ? Double.NaN : value, coverage(level)));
        }
        return all;
    }

    private double coverage(int level) {
        return trials == 0 ? Double.NaN : covered[level] / trials;
    }
}
