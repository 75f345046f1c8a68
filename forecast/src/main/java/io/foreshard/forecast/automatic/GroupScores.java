package io.foreshard.forecast.automatic;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How well the members of a pool forecast one group of horizons, and what follows: their weights, and whether a
 * benchmark has to stand in for the combination.
 *
 * <p>The record of a member is the geometric mean of its absolute errors over windows, which fades. It counts in ratios, so that a
 * window with a burst that no member foresaw does not decide alone. The weight of a member is a power of its ratio to the best.
 * The combination and the benchmarks are compared by plain means, as users count errors.
 */
final class GroupScores {

    /** How strongly a better record counts; found on the first halves of network series, see docs/design/forecasting.md. */
    private static final double POWER = 6;
    /** A part of the mean error of all members that is added to each, so that one exact hit does not decide. */
    private static final double SOFTENING = 0.01;

    /** Below it the softening vanishes, and the logarithm of an exact hit is not finite. */
    private static final double LEAST_MEAN = 1e-300;

    private static final double MEMORY_WINDOWS = 128;

    private final double[] logError;
    private final double[] weights;
    private long windows;
    /** Of the first members, which are the benchmarks. */
    private final double[] benchmarkErrors;

    private double combinedError;
    private long compared;

    GroupScores(int members, int benchmarks) {
        benchmarkErrors = new double[benchmarks];
        logError = new double[members];
        weights = new double[members];
        Arrays.fill(weights, 1.0 / members);
    }

    /** Takes the mean absolute errors over one window: those of the members, then that of the combination. */
    void learn(double[] errors) {
        double mean = 0;
        for (int member = 0; member < weights.length; member++) {
            mean += errors[member] / weights.length;
        }
        if (mean > LEAST_MEAN && mean < Double.MAX_VALUE) {
            double gain = 1 / Math.min((double) ++windows, MEMORY_WINDOWS);
            for (int member = 0; member < weights.length; member++) {
                logError[member] += gain * (Math.log(errors[member] + SOFTENING * mean) - logError[member]);
            }
            reweigh();
        }
        compare(errors);
    }

    /** Takes the same, but leaves the weights: only the combination is on trial. */
    void compare(double[] errors) {
        if (isFinite(errors)) {
            double gain = 1 / Math.min((double) ++compared, MEMORY_WINDOWS);
            for (int benchmark = 0; benchmark < benchmarkErrors.length; benchmark++) {
                benchmarkErrors[benchmark] += gain * (errors[benchmark] - benchmarkErrors[benchmark]);
            }
            combinedError += gain * (errors[weights.length] - combinedError);
        }
    }

    private static boolean isFinite(double[] errors) {
        for (double error : errors) {
            if (!Double.isFinite(error)) {
                return false;
            }
        }
        return true;
    }

    private void reweigh() {
        double best = Double.POSITIVE_INFINITY;
        for (double error : logError) {
            best = Math.min(best, error);
        }
        double sum = 0;
        for (int member = 0; member < weights.length; member++) {
            weights[member] = Math.exp(POWER * (best - logError[member]));
            sum += weights[member];
        }
        for (int member = 0; member < weights.length; member++) {
            weights[member] /= sum;
        }
    }

    /** The weights, which sum to 1; the array is this object's own. */
    double[] weights() {
        return weights;
    }

    /** The benchmark that did better than the combination, the best of them, or -1 when none did. */
    int ruler() {
        int ruler = -1;
        double least = combinedError;
        for (int benchmark = 0; benchmark < benchmarkErrors.length; benchmark++) {
            if (benchmarkErrors[benchmark] < least) {
                least = benchmarkErrors[benchmark];
                ruler = benchmark;
            }
        }
        return ruler;
    }

    /** The geometric mean of a member's errors, NaN before the first window. */
    double error(int member) {
        return windows == 0 ? Double.NaN : Math.exp(logError[member]);
    }

    /** The same weights with the trial of the combination at its start. */
    GroupScores beforeTrial() {
        GroupScores scores = copy();
        scores.compared = 0;
        Arrays.fill(scores.benchmarkErrors, 0);
        scores.combinedError = 0;
        return scores;
    }

    /** The records of some of the members, in ascending order, all benchmarks among them. */
    GroupScores of(int[] members) {
        GroupScores scores = new GroupScores(members.length, benchmarkErrors.length);
        for (int index = 0; index < members.length; index++) {
            scores.logError[index] = logError[members[index]];
        }
        System.arraycopy(benchmarkErrors, 0, scores.benchmarkErrors, 0, benchmarkErrors.length);
        scores.restore(windows, compared, combinedError);
        return scores;
    }

    private void restore(long windowsSeen, long windowsCompared, double ofCombination) {
        windows = windowsSeen;
        compared = windowsCompared;
        combinedError = ofCombination;
        if (windows > 0) {
            reweigh();
        }
    }

    GroupScores copy() {
        int[] all = new int[weights.length];
        Arrays.setAll(all, member -> member);
        return of(all);
    }

    void save(DataOutput out) throws IOException {
        for (double error : logError) {
            out.writeDouble(error);
        }
        out.writeLong(windows);
        out.writeLong(compared);
        for (double error : benchmarkErrors) {
            out.writeDouble(error);
        }
        out.writeDouble(combinedError);
    }

    static GroupScores load(DataInput in, int members, int benchmarks) throws IOException {
        GroupScores scores = new GroupScores(members, benchmarks);
        for (int member = 0; member < members; member++) {
            scores.logError[member] = Saved.finite(in, "logError");
        }
        long windowsSeen = Saved.count(in, "windows");
        long windowsCompared = Saved.count(in, "compared");
        for (int benchmark = 0; benchmark < benchmarks; benchmark++) {
            scores.benchmarkErrors[benchmark] = Saved.magnitude(in, "benchmarkErrors");
        }
        scores.restore(windowsSeen, windowsCompared, Saved.magnitude(in, "combinedError"));
        return scores;
    }
}
