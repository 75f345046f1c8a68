package io.foreshard.forecast.interval;

import io.foreshard.forecast.model.StreamingModel;
import java.util.SplittableRandom;

/**
 * Possible futures of a series: copies of a model that go on from its state, each fed with its own forecasts plus errors drawn from
 * the calibrated quantiles of the next step.
 *
 * <p>Paths answer what the quantiles of single steps cannot: how likely demand exceeds a capacity at least once within a time. Errors
 * are drawn by inversion, linear between the levels and with exponential tails beyond the outermost two; they are independent from
 * step to step and keep their present size. Values stay within the range of history widened by its width, and at 0 or above for
 * a calibrator of series that cannot be negative. Immutable, safe for any thread; the same seed gives the same paths.
 */
public final class SimulatedPaths {

    private static final int MAX_PATHS = 1_000_000;

    private final double[][] values;

    private SimulatedPaths(double[][] values) {
        this.values = values;
    }

    /**
     * Draws paths. The model and the calibrator are left as they are. Takes time in proportion to paths times steps.
     *
     * @param model what forecasts the next step
     * @param calibrator what has learnt the errors of that model, of at least two levels
     * @param paths number of paths, 1…1000000
     * @param steps number of steps of each path, at least 1
     * @param seed decides all draws
     * @throws IllegalArgumentException if a number is out of range or the calibrator has fewer than two levels
     */
    public static SimulatedPaths draw(
            StreamingModel model, QuantileCalibrator calibrator, int paths, int steps, long seed) {
        if (paths < 1 || paths > MAX_PATHS) {
            throw new IllegalArgumentException("paths: " + paths + " (expected: 1…" + MAX_PATHS + ")");
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps: " + steps + " (expected: >= 1)");
        }
        if (calibrator.levelCount() < 2) {
            throw new IllegalArgumentException("levels: " + calibrator.levelCount() + " (expected: at least 2)");
        }
        HistoryRange bounds = calibrator.history();
        SplittableRandom random = new SplittableRandom(seed);
        double[][] values = new double[paths][steps];
        for (double[] path : values) {
            walk(model.copy(), calibrator, bounds, random.split(), path);
        }
        return new SimulatedPaths(values);
    }

    private static void walk(
            StreamingModel model,
            QuantileCalibrator calibrator,
            HistoryRange bounds,
            SplittableRandom random,
            double[] path) {
        for (int step = 0; step < path.length; step++) {
            double mean = model.next();
            double error = calibrator.errorAt(1 - random.nextDouble(), mean);
            double value = bounds.clamp(Math.max(calibrator.floor(), mean + error));
            path[step] = value;
            model.update(value);
        }
    }

    /** Returns a copy of the values, shape {@code [path][step]}. */
    public double[][] values() {
        double[][] copy = new double[values.length][];
        for (int path = 0; path < copy.length; path++) {
            copy[path] = values[path].clone();
        }
        return copy;
    }

    /**
     * Returns the share of paths that exceed a capacity at least once.
     *
     * @param capacity in the unit of the series
     * @param steps within how many steps, 1 up to the length of the paths
     * @throws IllegalArgumentException if {@code steps} is out of range
     */
    public double exceedProbability(double capacity, int steps) {
        if (steps < 1 || steps > values[0].length) {
            throw new IllegalArgumentException("steps: " + steps + " (expected: 1…" + values[0].length + ")");
        }
        int exceeding = 0;
        for (double[] path : values) {
            exceeding += exceeds(path, capacity, steps) ? 1 : 0;
        }
        return (double) exceeding / values.length;
    }

    private static boolean exceeds(double[] path, double capacity, int steps) {
        for (int step = 0; step < steps; step++) {
            if (path[step] > capacity) {
                return true;
            }
        }
        return false;
    }
}
