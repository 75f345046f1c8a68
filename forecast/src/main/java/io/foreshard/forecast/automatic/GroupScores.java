package io.foreshard.forecast.automatic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How well the members of a pool forecast one group of horizons, and what follows: their weights, and whether the benchmark
 * member has to stand in for the combination.
 *
 * <p>The record of a member is the geometric mean of its absolute errors over windows, which fades. It counts in ratios, so that a
 * window with a burst that no member foresaw does not decide alone. The weight of a member is a power of its ratio to the best.
 * The combination and the benchmark are compared by plain means, as users count errors.
 */
final class GroupScores {

    /** How strongly a better record counts; found on the first halves of network series, see docs/design/forecasting.md. */
    private static final double POWER = 6;
    /** A part of the mean error of all members that is added to each, so that one exact hit does not decide. */
    private static final double SOFTENING = 0.01;

    private static final double MEMORY_WINDOWS = 128;

    private final int benchmark;
    private final double[] logError;
    private final double[] weights;
    private long windows;
    private double benchmarkError;
    private double combinedError;
    private long compared;

    GroupScores(int members, int benchmark) {
        this.benchmark = benchmark;
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
        if (mean > 0 && mean < Double.MAX_VALUE) {
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
        double gain = 1 / Math.min((double) ++compared, MEMORY_WINDOWS);
        benchmarkError += gain * (errors[benchmark] - benchmarkError);
        combinedError += gain * (errors[weights.length] - combinedError);
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

    /** Whether the combination did worse than the benchmark. */
    boolean benchmarkRules() {
        return combinedError > benchmarkError;
    }

    /** The geometric mean of a member's errors, NaN before the first window. */
    double error(int member) {
        return windows == 0 ? Double.NaN : Math.exp(logError[member]);
    }

    /** The same weights with the trial of the combination at its start. */
    GroupScores beforeTrial() {
        GroupScores scores = copy();
        scores.compared = 0;
        scores.benchmarkError = 0;
        scores.combinedError = 0;
        return scores;
    }

    /** The records of some of the members, in the given order, the benchmark among them. */
    GroupScores of(int[] members) {
        int place = 0;
        while (members[place] != benchmark) {
            place++;
        }
        GroupScores scores = new GroupScores(members.length, place);
        for (int index = 0; index < members.length; index++) {
            scores.logError[index] = logError[members[index]];
        }
        scores.restore(windows, compared, benchmarkError, combinedError);
        return scores;
    }

    private void restore(long windowsSeen, long windowsCompared, double ofBenchmark, double ofCombination) {
        windows = windowsSeen;
        compared = windowsCompared;
        benchmarkError = ofBenchmark;
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
        out.writeDouble(benchmarkError);
        out.writeDouble(combinedError);
    }

    static GroupScores load(DataInput in, int members, int benchmark) throws IOException {
        GroupScores scores = new GroupScores(members, benchmark);
        for (int member = 0; member < members; member++) {
            scores.logError[member] = in.readDouble();
        }
        scores.restore(in.readLong(), in.readLong(), in.readDouble(), in.readDouble());
        return scores;
    }
}
