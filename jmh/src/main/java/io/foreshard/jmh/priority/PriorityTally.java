package io.foreshard.jmh.priority;

import java.util.ArrayList;
import java.util.List;

/** The runs of one variant under one condition. */
final class PriorityTally {

    private static final double PERCENT = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<PriorityResult> rounds = new ArrayList<>();
    private String reason = "did not run";

    void add(PriorityResult result) {
        rounds.add(result);
    }

    void skip(String why) {
        reason = why;
    }

    boolean isEmpty() {
        return rounds.isEmpty();
    }

    /** Returns why there is no result. */
    String reason() {
        return reason;
    }

    int samples() {
        return rounds.stream().mapToInt(round -> round.takenNanos().size()).sum();
    }

    /** Returns a percentile of the times of all rounds together, by nearest rank; {@link Double#NaN} of nothing. */
    double millis(double percent) {
        long[] sorted = rounds.stream()
                .flatMap(round -> round.takenNanos().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        int rank = (int) Math.ceil(percent / PERCENT * sorted.length);
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
    }

    /** Returns the median of the rounds. */
    double bulkMegabitsPerSecond() {
        double[] sorted = rounds.stream()
                .mapToDouble(PriorityResult::bulkMegabitsPerSecond)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
