package io.foreshard.jmh.forecast;

import io.foreshard.jmh.series.NamedSeries;
import java.util.Arrays;

/** Collects the intervals for the second half of a series at one horizon, and scores them. */
final class IntervalTally {

    private static final int WINDOW = 200;
    private static final double MISS_COST = 2 / 0.05;

    private final NamedSeries series;
    private final int horizon;
    private final double[] hits;
    private int samples;
    private double score;
    private double error;

    IntervalTally(NamedSeries series, int horizon) {
        this.series = series;
        this.horizon = horizon;
        hits = new double[series.values().length];
    }

    /** Returns the first sample that counts. */
    int start() {
        return series.values().length / 2;
    }

    /** Takes the interval of a sample; a missing sample does not count. */
    void take(int target, double low, double mean, double high) {
        double truth = series.values()[target];
        if (Double.isNaN(truth)) {
            return;
        }
        hits[samples++] = truth >= low && truth <= high ? 1 : 0;
        score += high - low + MISS_COST * (Math.max(low - truth, 0) + Math.max(truth - high, 0));
        error += Math.abs(truth - mean);
    }

    IntervalScore scored(String method) {
        double coverage = Arrays.stream(hits, 0, samples).average().orElse(Double.NaN);
        return new IntervalScore(
                series.name(), horizon, method, coverage, worstWindow(), score / samples, naiveError());
    }

    double meanError() {
        return error / samples;
    }

    int samples() {
        return samples;
    }

    private double worstWindow() {
        int length = Math.min(WINDOW, samples);
        double sum = Arrays.stream(hits, 0, length).sum();
        double worst = sum;
        for (int end = length; end < samples; end++) {
            sum += hits[end] - hits[end - length];
            worst = Math.min(worst, sum);
        }
        return worst / length;
    }

    private double naiveError() {
        double[] values = series.values();
        double sum = 0;
        int count = 0;
        for (int target = start(); target < values.length; target++) {
            double difference = Math.abs(values[target] - values[target - horizon]);
            if (!Double.isNaN(difference)) {
                sum += difference;
                count++;
            }
        }
        return sum / count;
    }
}
