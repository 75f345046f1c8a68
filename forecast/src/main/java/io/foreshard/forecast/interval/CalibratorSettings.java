package io.foreshard.forecast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/** What a calibrator is built with. Immutable as long as nobody writes to the arrays; calibrators of one builder share it. */
final class CalibratorSettings {

    static final double MAX_MAGNITUDE = 1e300;
    private static final double FULL_STEP_TAIL = 0.025;
    private static final double LEAST_RELATIVE_STEP = 0.2;
    private static final int MAX_LEVELS = 99;
    private static final int MAX_HORIZON_STEPS = 4096;

    /** What a builder begins with, shared so that thousands of default calibrators need it once. */
    static final CalibratorSettings DEFAULT = new CalibratorSettings(
            new double[] {0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975},
            QuantileCalibrator.DEFAULT_MAX_HORIZON_STEPS,
            false);

    private final double[] levels;
    private final float[] relativeSteps;
    private final double[] deviations;
    private final int maxHorizonSteps;
    private final boolean nonNegative;

    CalibratorSettings(double[] levels, int maxHorizonSteps, boolean nonNegative) {
        this.levels = levels;
        relativeSteps = relativeSteps(levels);
        deviations = deviations(levels);
        this.maxHorizonSteps = maxHorizonSteps;
        this.nonNegative = nonNegative;
    }

    double[] levels() {
        return levels;
    }

    int maxHorizonSteps() {
        return maxHorizonSteps;
    }

    double floor() {
        return nonNegative ? 0 : Double.NEGATIVE_INFINITY;
    }

    double nominal() {
        return levels.length < 2 ? 0 : levels[levels.length - 1] - levels[0];
    }

    CalibratorSettings withLevels(double... values) {
        return new CalibratorSettings(checkedLevels(values), maxHorizonSteps, nonNegative);
    }

    CalibratorSettings withMaxHorizonSteps(int value) {
        return new CalibratorSettings(levels, checkedHorizon(value), nonNegative);
    }

    CalibratorSettings withNonNegative(boolean value) {
        return new CalibratorSettings(levels, maxHorizonSteps, value);
    }

    /** The length of each level's step over that of the outermost: tails are thin, to follow them in time takes longer steps. */
    float[] relativeSteps() {
        return relativeSteps;
    }

    /** Each level's distance from the mean of a normal distribution, in standard deviations. */
    double[] deviations() {
        return deviations;
    }

    private static double[] deviations(double... levels) {
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        return Arrays.stream(levels).map(normal::inverseCumulativeProbability).toArray();
    }

    private static float[] relativeSteps(double... levels) {
        float[] steps = new float[levels.length];
        for (int row = 0; row < steps.length; row++) {
            double tail = Math.min(levels[row], 1 - levels[row]);
            steps[row] = (float) Math.max(LEAST_RELATIVE_STEP, Math.min(1, FULL_STEP_TAIL / tail));
        }
        return steps;
    }

    /** The horizons that are learnt: the powers of two below the last, and the last. */
    int[] grid() {
        IntStream powers = IntStream.iterate(1, step -> step < maxHorizonSteps, step -> step * 2);
        return IntStream.concat(powers, IntStream.of(maxHorizonSteps)).toArray();
    }

    private static double[] checkedLevels(double... values) {
        if (values.length > MAX_LEVELS) {
            throw new IllegalArgumentException("levels: " + values.length + " (expected: at most " + MAX_LEVELS + ")");
        }
        double last = 0;
        for (double value : values) {
            if (!(value > last && value < 1)) {
                throw new IllegalArgumentException("levels: " + value + " (expected: ascending within (0, 1))");
            }
            last = value;
        }
        return values.clone();
    }

    private static int checkedHorizon(int value) {
        if (value < 1 || value > MAX_HORIZON_STEPS) {
            throw new IllegalArgumentException(
                    "maxHorizonSteps: " + value + " (expected: 1…" + MAX_HORIZON_STEPS + ")");
        }
        return value;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(levels.length);
        for (double level : levels) {
            out.writeDouble(level);
        }
        out.writeInt(maxHorizonSteps);
        out.writeBoolean(nonNegative);
    }

    static CalibratorSettings load(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_LEVELS) {
            throw new IOException("levels: " + count + " (expected: 0…" + MAX_LEVELS + ")");
        }
        double[] levels = new double[count];
        for (int row = 0; row < count; row++) {
            levels[row] = in.readDouble();
        }
        try {
            return new CalibratorSettings(checkedLevels(levels), checkedHorizon(in.readInt()), in.readBoolean());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
