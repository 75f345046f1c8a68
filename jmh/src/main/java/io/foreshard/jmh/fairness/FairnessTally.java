package io.foreshard.jmh.fairness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The runs at one bottleneck. */
final class FairnessTally {

    private final Bottleneck bottleneck;
    private final List<FairnessResult> beside = new ArrayList<>();
    private final List<FairnessResult> alone = new ArrayList<>();
    private String reason = "did not run";

    FairnessTally(Bottleneck bottleneck) {
        this.bottleneck = bottleneck;
    }

    Bottleneck bottleneck() {
        return bottleneck;
    }

    void addBeside(FairnessResult result) {
        beside.add(result);
    }

    void addAlone(FairnessResult result) {
        alone.add(result);
    }

    void skip(String why) {
        reason = why;
    }

    boolean isEmpty() {
        return beside.isEmpty();
    }

    /** Returns why there is no result. */
    String reason() {
        return reason;
    }

    /** Returns our goodput over half of the bottleneck, of each round, in ascending order. */
    double[] shares() {
        return sorted(beside, result -> 2 * result.ourMegabits() / bottleneck.megabits());
    }

    double medianShare() {
        return median(shares());
    }

    double besideMedian(ToDoubleFunction<FairnessResult> value) {
        return median(sorted(beside, value));
    }

    double aloneMedian(ToDoubleFunction<FairnessResult> value) {
        return median(sorted(alone, value));
    }

    private static double[] sorted(List<FairnessResult> results, ToDoubleFunction<FairnessResult> value) {
        return results.stream().mapToDouble(value).sorted().toArray();
    }

    private static double median(double[] sorted) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(Double.NaN);
    }
}
