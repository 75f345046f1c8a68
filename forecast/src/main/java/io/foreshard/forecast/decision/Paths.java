package io.foreshard.forecast.decision;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Decisions on simulated futures, which know how steps hang together. Paths have the shape {@code [paths][steps]}, all of one length, each
 * as likely as the others; with n of them a probability below about 3/n cannot be told from 0.
 */
public final class Paths {

    private Paths() {}

    /**
     * Returns the share of paths that exceed a threshold at least once.
     *
     * @param paths finite, at least 1
     * @param threshold such as a capacity
     * @param steps within how many steps, 1 up to the length of the paths
     * @return 0…1
     * @throws IllegalArgumentException if there is no path, their lengths differ, a value is NaN, or an argument is out of range
     */
    public static double exceedProbability(double[][] paths, double threshold, int steps) {
        Checks.requireNumber("threshold", threshold);
        require(paths, steps);
        int exceeding = 0;
        for (double[] path : paths) {
            exceeding += greatest(path, steps) > threshold ? 1 : 0;
        }
        return (double) exceeding / paths.length;
    }

    /**
     * Returns the quantile of the greatest value that a path reaches: what to provide for a window.
     *
     * @param paths finite, at least 1
     * @param level such as {@link Newsvendor#criticalRatio}, in (0, 1)
     * @param steps within how many steps, 1 up to the length of the paths
     * @return the least value that at least this share of the paths stay within
     * @throws IllegalArgumentException if there is no path, their lengths differ, a value is NaN, or an argument is out of range
     */
    public static double maxQuantile(double[][] paths, double level, int steps) {
        Checks.requireLevel("level", level);
        require(paths, steps);
        double[] greatest = new double[paths.length];
        Arrays.setAll(greatest, i -> greatest(paths[i], steps));
        Arrays.sort(greatest);
        int enough = (int) Math.ceil(level * greatest.length - 1e-9);
        return greatest[Math.max(1, enough) - 1];
    }

    /**
     * Returns within how many steps at least this share of the paths have exceeded a threshold: the time that is left.
     *
     * @param paths finite, at least 1
     * @param threshold such as a capacity
     * @param probability in (0, 1), such as 0.1 for an early warning
     * @return 1 for the next step; empty when fewer ever do
     * @throws IllegalArgumentException if there is no path, their lengths differ, a value is NaN, or an argument is out of range
     */
    public static OptionalInt timeToExceed(double[][] paths, double threshold, double probability) {
        Checks.requireNumber("threshold", threshold);
        Checks.requireLevel("probability", probability);
        int steps = paths.length == 0 ? 1 : paths[0].length;
        require(paths, steps);
        int[] firsts = new int[steps];
        for (double[] path : paths) {
            int first = 0;
            while (first < steps && path[first] <= threshold) {
                first++;
            }
            if (first < steps) {
                firsts[first]++;
            }
        }
        double enough = Math.max(1, probability * paths.length - 1e-9);
        long exceeding = 0;
        for (int step = 0; step < steps; step++) {
            exceeding += firsts[step];
            if (exceeding >= enough) {
                return OptionalInt.of(step + 1);
            }
        }
        return OptionalInt.empty();
    }

    private static double greatest(double[] path, int steps) {
        double greatest = path[0];
        for (int i = 1; i < steps; i++) {
            greatest = Math.max(greatest, path[i]);
        }
        return greatest;
    }

    private static void require(double[][] paths, int steps) {
        if (paths.length == 0 || paths[0].length == 0) {
            throw new IllegalArgumentException("paths: none (expected: at least 1, of at least 1 step)");
        }
        if (steps < 1 || steps > paths[0].length) {
            throw new IllegalArgumentException("steps: " + steps + " (expected: 1…" + paths[0].length + ")");
        }
        for (double[] path : paths) {
            if (path.length != paths[0].length) {
                throw new IllegalArgumentException(
                        "paths: " + path.length + " steps (expected: " + paths[0].length + " as the first one)");
            }
            for (double value : path) {
                Checks.requireNumber("paths", value);
            }
        }
    }
}
