package io.foreshard.jmh.series;

import java.util.Arrays;
import java.util.List;

/** Samples put on a regular grid: what fell into each step. */
final class Grid {

    private final double[] sums;
    private final int[] counts;

    private Grid(double[] sums, int[] counts) {
        this.sums = sums;
        this.counts = counts;
    }

    /** The first step is the multiple of the step's length at or before the earliest sample. */
    static Grid of(List<StampedValue> samples, long stepSeconds) {
        long first = samples.stream().mapToLong(StampedValue::seconds).min().orElseThrow() / stepSeconds;
        long last = samples.stream().mapToLong(StampedValue::seconds).max().orElseThrow() / stepSeconds;
        int length = Math.toIntExact(last - first + 1);
        Grid grid = new Grid(new double[length], new int[length]);
        samples.forEach(sample -> grid.add(Math.toIntExact(sample.seconds() / stepSeconds - first), sample.value()));
        return grid;
    }

    private void add(int step, double value) {
        sums[step] += value;
        counts[step]++;
    }

    /** Returns what was counted in each step; nothing is 0. */
    double[] sums() {
        return sums.clone();
    }

    /** Returns the mean of each step's samples; {@link Double#NaN} where there is none. */
    double[] means() {
        double[] means = new double[sums.length];
        Arrays.setAll(means, step -> counts[step] == 0 ? Double.NaN : sums[step] / counts[step]);
        return means;
    }

    /** Returns the values with gaps on a straight line between their neighbours. */
    static double[] filled(double[] values) {
        double[] filled = values.clone();
        int known = -1;
        for (int step = 0; step < filled.length; step++) {
            if (!Double.isNaN(filled[step])) {
                draw(filled, known, step);
                known = step;
            }
        }
        Arrays.fill(filled, known + 1, filled.length, filled[known]);
        return filled;
    }

    private static void draw(double[] values, int from, int to) {
        double start = from < 0 ? values[to] : values[from];
        for (int step = from + 1; step < to; step++) {
            values[step] = start + (values[to] - start) * (step - from) / (to - from);
        }
    }

    /** Returns the sums of whole groups of steps. */
    static double[] summed(double[] values, int group) {
        double[] sums = new double[values.length / group];
        Arrays.setAll(
                sums,
                index -> Arrays.stream(values, index * group, (index + 1) * group)
                        .sum());
        return sums;
    }

    /** Returns the means of whole groups of steps. */
    static double[] averaged(double[] values, int group) {
        return Arrays.stream(summed(values, group)).map(sum -> sum / group).toArray();
    }
}
