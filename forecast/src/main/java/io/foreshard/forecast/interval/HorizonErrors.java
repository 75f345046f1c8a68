package io.foreshard.forecast.interval;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The errors of the forecasts of one horizon: for each level a linear quantile regression (Koenker and Bassett 1978) of the error on
 * three measures of its size, learnt by the gradient of the pinball loss as the outcome of each forecast comes in.
 *
 * <p>The measures are the recent mean magnitude of errors at this horizon, the fast one of one-step errors, and the first in proportion
 * to how high the mean forecast stands above the lowest samples: errors of traffic grow with its height. Weights and stored forecasts
 * are in units of the mean of the three, so the step does not depend on the scale of the series. As each step moves the sum of
 * a level's weights by the gradient, the share of samples below the forecast quantile tends to the level on any series (Gibbs and Candès
 * 2021; Angelopoulos, Candès and Tibshirani 2023).
 */
final class HorizonErrors {

    /** From as many outcomes on the weights are learnt. */
    static final int LEAST_OUTCOMES = 2;

    private static final int MEASURES = 3;
    private static final double NEXT_STEP_GAIN = 0.01;
    /** Fewer outcomes of far forecasts come in. */
    private static final double FAR_STEP_GAIN = 0.02;
    /** The step of the outermost levels, in units of the size of errors. */
    private static final double STEP = 0.3;

    /** How much more than usual the height may widen the errors. */
    private static final double MAX_HEIGHT = 4;

    private static final float MAX_WEIGHT = 1e4f;

    private final int horizon;
    private final double[] levels;
    private final float[] relativeSteps;
    private final float[] weights;

    private double size;
    private double height;
    private int outcomes;

    /** Forecasts whose outcome is open: the oldest at the head; per slot the due step, the mean, the unit. */
    private final double[] open;
    /** Per slot the share of each measure, then the quantile of each level in units. */
    private final float[] openParts;

    private int head;
    private int count;

    HorizonErrors(int horizon, int slots, double[] levels, float[] relativeSteps) {
        this.horizon = horizon;
        this.levels = levels;
        this.relativeSteps = relativeSteps;
        weights = new float[levels.length * MEASURES];
        open = new double[slots * 3];
        openParts = new float[slots * parts()];
        for (int row = 0; row < levels.length; row++) {
            Arrays.fill(weights, row * MEASURES, (row + 1) * MEASURES, (float) laplaceQuantile(levels[row]));
        }
    }

    /** The start: a Laplace distribution of mean magnitude 1, whose 10–90 % band is that of the normal one within 1 %. */
    private static double laplaceQuantile(double level) {
        return level < 0.5 ? Math.log(2 * level) : -Math.log(2 * (1 - level));
    }

    private int parts() {
        return MEASURES + levels.length;
    }

    int horizon() {
        return horizon;
    }

    int outcomes() {
        return outcomes;
    }

    /** The step at which the oldest open forecast meets its outcome, or infinity. */
    double due() {
        return count == 0 ? Double.POSITIVE_INFINITY : open[head * 3];
    }

    /** The size of errors in proportion to the height of a forecast. */
    private double sizeAt(double mean, double low) {
        return height > 0 ? size * Math.max(0, Math.min(MAX_HEIGHT, (mean - low) / height)) : size;
    }

    /** The quantile of the error of a forecast with this mean, in the unit of the series. */
    double offset(int row, double mean, double fast, double low) {
        int at = row * MEASURES;
        return (weights[at] * size + weights[at + 1] * fast + weights[at + 2] * sizeAt(mean, low)) / MEASURES;
    }

    /** Keeps the forecast made at this step until its outcome is known. */
    void issue(double now, double mean, double fast, double low) {
        if (count == open.length / 3) {
            // Only after a state that was tampered with: what is open never meets its step.
            drop();
        }
        int slot = wrapped(head + count);
        count++;
        double atHeight = sizeAt(mean, low);
        double unit = (size + fast + atHeight) / MEASURES;
        open[slot * 3] = now + horizon;
        open[slot * 3 + 1] = mean;
        open[slot * 3 + 2] = unit;
        if (unit > 0) {
            int at = slot * parts();
            openParts[at] = (float) (size / unit) / MEASURES;
            openParts[at + 1] = (float) (fast / unit) / MEASURES;
            openParts[at + 2] = (float) (atHeight / unit) / MEASURES;
            issueQuantiles(at);
        }
    }

    private int wrapped(int slot) {
        int slots = open.length / 3;
        return slot < slots ? slot : slot - slots;
    }

    private void issueQuantiles(int at) {
        float slowShare = openParts[at];
        float fastShare = openParts[at + 1];
        float heightShare = openParts[at + 2];
        for (int row = 0, cell = 0; row < levels.length; row++, cell += MEASURES) {
            openParts[at + MEASURES + row] =
                    weights[cell] * slowShare + weights[cell + 1] * fastShare + weights[cell + 2] * heightShare;
        }
    }

    /** The mean of the oldest open forecast. */
    double dueMean() {
        return open[head * 3 + 1];
    }

    /** The quantile of the oldest open forecast, in the unit of the series. */
    double dueQuantile(int row) {
        double unit = open[head * 3 + 2];
        return unit > 0 ? dueMean() + openParts[head * parts() + MEASURES + row] * unit : dueMean();
    }

    void drop() {
        head = wrapped(head + 1);
        count--;
    }

    /** Learns from the outcome of the oldest open forecast; the floor is what no quantile is below. */
    double settle(double sample, double low, double floor) {
        double error = distance(sample, dueMean());
        outcomes = Math.min(outcomes, Integer.MAX_VALUE - 2) + 1;
        if (open[head * 3 + 2] > 0 && outcomes > LEAST_OUTCOMES) {
            track(sample, floor);
        }
        double gain = Math.max(horizon == 1 ? NEXT_STEP_GAIN : FAR_STEP_GAIN, 1.0 / outcomes);
        size += gain * (Math.abs(error) - size);
        height += gain * (Math.max(0, dueMean() - low) - height);
        drop();
        return error;
    }

    private void track(double sample, double floor) {
        int at = head * parts();
        double mean = dueMean();
        double unit = open[head * 3 + 2];
        double warmStep = 1.0 / (outcomes + 1);
        for (int row = 0; row < levels.length; row++) {
            double quantile = Math.max(floor, mean + openParts[at + MEASURES + row] * unit);
            if (sample != quantile) {
                double gradient = sample < quantile ? levels[row] - 1 : levels[row];
                move(row * MEASURES, at, (float) (Math.max(STEP * relativeSteps[row], warmStep) * gradient * MEASURES));
            }
        }
    }

    private void move(int cell, int at, float change) {
        for (int index = 0; index < MEASURES; index++) {
            float moved = weights[cell + index] + change * openParts[at + index];
            weights[cell + index] = Math.max(-MAX_WEIGHT, Math.min(MAX_WEIGHT, moved));
        }
    }

    /** Differences within rounding count as none. */
    private static double distance(double sample, double mean) {
        double difference = sample - mean;
        return Math.abs(difference) <= 8 * Math.ulp(sample) ? 0 : difference;
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(size);
        out.writeDouble(height);
        out.writeInt(outcomes);
        out.writeInt(head);
        out.writeInt(count);
        for (double value : open) {
            out.writeDouble(value);
        }
        saveAll(weights, out);
        saveAll(openParts, out);
    }

    private static void saveAll(float[] values, DataOutput out) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    void restore(DataInput in) throws IOException {
        size = Math.abs(Saved.moderate(in, "size"));
        height = Math.abs(Saved.moderate(in, "height"));
        outcomes = Saved.between(in, "outcomes", 0, Integer.MAX_VALUE - 1);
        head = Saved.between(in, "head", 0, open.length / 3 - 1);
        count = Saved.between(in, "count", 0, open.length / 3);
        for (int index = 0; index < open.length; index++) {
            open[index] = Saved.moderate(in, "open");
        }
        restoreAll(weights, in);
        restoreAll(openParts, in);
    }

    private static void restoreAll(float[] values, DataInput in) throws IOException {
        for (int index = 0; index < values.length; index++) {
            float value = in.readFloat();
            if (!Float.isFinite(value)) {
                throw new IOException("weights: " + value + " (expected: finite)");
            }
            values[index] = value;
        }
    }
}
