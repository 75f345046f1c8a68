package io.foreshard.jmh.fairness;

import io.foreshard.jmh.way.Bottleneck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The runs at one bottleneck. */
final class FairnessTally {

    private final Bottleneck bottleneck;
    private final List<FairnessResult> besideFirst = new ArrayList<>();
    private final List<FairnessResult> besideSecond = new ArrayList<>();
    private final List<FairnessResult> alone = new ArrayList<>();
    private String reason = "did not run";

    FairnessTally(Bottleneck bottleneck) {
        this.bottleneck = bottleneck;
    }

    Bottleneck bottleneck() {
        return bottleneck;
    }

    /** Takes a run beside TCP, which began first or second. */
    void addBeside(boolean tcpFirst, FairnessResult result) {
        (tcpFirst ? besideFirst : besideSecond).add(result);
    }

    void addAlone(FairnessResult result) {
        alone.add(result);
    }

    void skip(String why) {
        reason = why;
    }

    boolean isEmpty() {
        return besideFirst.isEmpty() || besideSecond.isEmpty();
    }

    /** Returns why there is no result. */
    String reason() {
        return reason;
    }

    /** Returns our goodput over half of the bottleneck in each run of one order, ascending. */
    double[] shares(boolean tcpFirst) {
        return sorted(beside(tcpFirst), result -> 2 * result.ourMegabits() / bottleneck.megabits());
    }

    double medianShare(boolean tcpFirst) {
        return median(shares(tcpFirst));
    }

    double besideMedian(boolean tcpFirst, ToDoubleFunction<FairnessResult> value) {
        return median(sorted(beside(tcpFirst), value));
    }

    private List<FairnessResult> beside(boolean tcpFirst) {
        return tcpFirst ? besideFirst : besideSecond;
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
