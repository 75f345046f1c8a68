package io.foreshard.forecast.series;

import java.util.Arrays;

/** Puts the samples of one stretch into the nearest steps. */
final class GridPlacement {

    /** Keeps the memory of the grid below a quarter of a gigabyte. */
    private static final long MAX_STEPS = 20_000_000;

    private final long firstNanos;
    private final long stepNanos;
    private final double[] steps;
    private final int[] perStep;
    private final Duplicates policy;
    private int duplicates;
    private int shifted;

    GridPlacement(StampedSamples samples, Stretch stretch, long phaseNanos, long stepNanos, Duplicates policy) {
        this.stepNanos = stepNanos;
        this.policy = policy;
        long[] times = samples.times();
        firstNanos = nearest(times[stretch.from()], phaseNanos);
        long length = (nearest(times[stretch.to() - 1], phaseNanos) - firstNanos) / stepNanos + 1;
        if (length > MAX_STEPS) {
            throw new IllegalArgumentException(
                    "times: span " + length + " steps (expected: at most " + MAX_STEPS + ", or a longer step)");
        }
        steps = new double[(int) length];
        perStep = new int[(int) length];
        Arrays.fill(steps, Double.NaN);
        for (int i = stretch.from(); i < stretch.to(); i++) {
            put(times[i], samples.values()[i], phaseNanos);
        }
    }

    /** A sample half-way between two steps belongs to the earlier one. */
    private long nearest(long timeNanos, long phaseNanos) {
        long offset = Math.floorMod(timeNanos - phaseNanos, stepNanos);
        return offset <= stepNanos / 2 ? timeNanos - offset : timeNanos - offset + stepNanos;
    }

    private void put(long timeNanos, double value, long phaseNanos) {
        long stepTime = nearest(timeNanos, phaseNanos);
        shifted += Math.abs(timeNanos - stepTime) > stepNanos / 10 ? 1 : 0;
        int step = (int) ((stepTime - firstNanos) / stepNanos);
        if (!Double.isFinite(value)) {
            return;
        }
        int earlier = perStep[step]++;
        duplicates += earlier > 0 ? 1 : 0;
        boolean mean = earlier > 0 && policy == Duplicates.MEAN;
        // Halves first, so that two huge samples do not overflow.
        steps[step] = mean ? steps[step] + (value / perStep[step] - steps[step] / perStep[step]) : value;
    }

    RegularSeries series() {
        return RegularSeries.owning(firstNanos, stepNanos, steps);
    }

    int duplicates() {
        return duplicates;
    }

    int shifted() {
        return shifted;
    }
}
