package io.foreshard.jmh.lossy;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** How the contestants stand on one path. */
final class LossyStand {

    private final Map<LossyContender, LossyTally> tallies = new EnumMap<>(LossyContender.class);
    private final Map<LossyContender, String> reasons = new EnumMap<>(LossyContender.class);

    void add(LossyContender contender, LossyResult result) {
        tallies.computeIfAbsent(contender, key -> new LossyTally()).add(result);
    }

    void skip(LossyContender contender, String reason) {
        reasons.put(contender, reason);
    }

    LossyTally tally(LossyContender contender) {
        return tallies.getOrDefault(contender, new LossyTally());
    }

    /** Returns why a contestant has no result. */
    String reason(LossyContender contender) {
        return reasons.getOrDefault(contender, "did not run");
    }

    /** Returns the samples of the contestant that has fewest of those that ran. */
    int samples() {
        return tallies.values().stream().mapToInt(LossyTally::samples).min().orElse(0);
    }

    /** Returns a percentile of ours over the least of the others', {@link Double#NaN} where either is missing. */
    double ratio(double percent) {
        double best = Stream.of(LossyContender.values())
                .filter(contender -> contender != LossyContender.FORESHARD)
                .map(this::tally)
                .filter(tally -> !tally.isEmpty())
                .mapToDouble(tally -> tally.millis(percent))
                .min()
                .orElse(Double.NaN);
        return tally(LossyContender.FORESHARD).millis(percent) / best;
    }
}
