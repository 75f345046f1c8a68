package io.foreshard.forecast.automatic;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Forecasts that wait for what comes: every few steps the members' forecasts of one horizon are set aside, and when the steps
 * of a group of horizons are over, the mean absolute error of each member over them is told. Memory is fixed.
 */
final class ForecastWindows {

    /** The greatest horizon that can be scored. */
    static final int MAX_HORIZON_STEPS = 4096;

    private static final double[][] NONE = {};

    private final int members;
    private final int horizonSteps;
    private final int strideSteps;
    /** Shape {@code [slot][member][step]}. */
    private final double[][][] forecasts;
    /** Steps since a slot's forecasts were made; -1 when the slot is free. */
    private final int[] age;
    /** Absolute errors of the slot's current group. */
    private final double[][] errors;

    private final int[] scored;
    private final double[] means;
    private int untilNext;

    ForecastWindows(int members, int horizonSteps) {
        this.members = members;
        this.horizonSteps = horizonSteps;
        strideSteps = Math.max(1, horizonSteps / 4);
        int slots = (horizonSteps + strideSteps - 1) / strideSteps;
        forecasts = new double[slots][members][horizonSteps];
        age = new int[slots];
        Arrays.fill(age, -1);
        errors = new double[slots][members];
        scored = new int[slots];
        means = new double[members];
    }

    int horizonSteps() {
        return horizonSteps;
    }

    /** Compares a sample, or {@link Double#NaN} for none, with what was forecast of it. */
    void observe(double sample, GroupScores[] scores, boolean onTrial) {
        for (int slot = 0; slot < age.length; slot++) {
            if (age[slot] >= 0) {
                observe(slot, sample, scores, onTrial);
            }
        }
    }

    private void observe(int slot, double sample, GroupScores[] scores, boolean onTrial) {
        int step = ++age[slot];
        if (!Double.isNaN(sample)) {
            scored[slot]++;
            for (int member = 0; member < members; member++) {
                errors[slot][member] += Math.abs(sample - forecasts[slot][member][step - 1]);
            }
        }
        if (HorizonGroups.endsAt(step, horizonSteps)) {
            close(slot, scores[HorizonGroups.of(step)], onTrial);
        }
        if (step == horizonSteps) {
            age[slot] = -1;
        }
    }

    private void close(int slot, GroupScores scores, boolean onTrial) {
        if (scored[slot] > 0) {
            for (int member = 0; member < members; member++) {
                means[member] = errors[slot][member] / scored[slot];
            }
            if (onTrial) {
                scores.compare(means);
            } else {
                scores.learn(means);
            }
        }
        Arrays.fill(errors[slot], 0);
        scored[slot] = 0;
    }

    /** The arrays to fill with each member's next forecasts, shape {@code [member][step]}, or an empty one when none is due. */
    double[][] due() {
        if (untilNext > 0) {
            untilNext--;
            return NONE;
        }
        untilNext = strideSteps - 1;
        int slot = 0;
        while (age[slot] >= 0) {
            slot++;
        }
        age[slot] = 0;
        return forecasts[slot];
    }

    /** The windows of some of the members, in the given order. */
    ForecastWindows of(int[] chosen) {
        ForecastWindows copy = new ForecastWindows(chosen.length, horizonSteps);
        copy.untilNext = untilNext;
        for (int slot = 0; slot < age.length; slot++) {
            copy.age[slot] = age[slot];
            copy.scored[slot] = scored[slot];
            for (int index = 0; index < chosen.length; index++) {
                copy.errors[slot][index] = errors[slot][chosen[index]];
                copy.forecasts[slot][index] = forecasts[slot][chosen[index]].clone();
            }
        }
        return copy;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(horizonSteps);
        out.writeInt(untilNext);
        for (int slot = 0; slot < age.length; slot++) {
            out.writeInt(age[slot]);
            out.writeInt(scored[slot]);
            for (int member = 0; member < members; member++) {
                out.writeDouble(errors[slot][member]);
                for (double value : forecasts[slot][member]) {
                    out.writeDouble(value);
                }
            }
        }
    }

    static ForecastWindows load(DataInput in, int members) throws IOException {
        ForecastWindows windows = new ForecastWindows(members, Saved.between(in, "horizonSteps", 1, MAX_HORIZON_STEPS));
        windows.untilNext = Saved.between(in, "untilNext", 0, windows.strideSteps - 1);
        boolean[] seen = new boolean[windows.horizonSteps];
        for (int slot = 0; slot < windows.age.length; slot++) {
            windows.age[slot] = windows.age(in, seen);
            windows.scored[slot] = Saved.between(in, "scored", 0, windows.horizonSteps);
            for (int member = 0; member < members; member++) {
                windows.errors[slot][member] = Saved.magnitude(in, "errors");
                Saved.finite(in, "forecasts", windows.forecasts[slot][member]);
            }
        }
        return windows;
    }

    /** Forecasts are made every stride, so their ages tell them apart: else there might be no free slot for the next. */
    private int age(DataInput in, boolean[] seen) throws IOException {
        int found = Saved.between(in, "age", -1, horizonSteps - 1);
        if (found >= 0 && (seen[found] || found % strideSteps != strideSteps - 1 - untilNext)) {
            throw new IOException("age: " + found + " (expected: as the strides say)");
        }
        if (found >= 0) {
            seen[found] = true;
        }
        return found;
    }
}
