package io.foreshard.jmh.lossy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** The results of one contestant on one path, of all rounds. */
final class LossyTally {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double PERCENT = 100;

    private final List<LossyResult> rounds = new ArrayList<>();

    void add(LossyResult result) {
        rounds.add(result);
    }

    boolean isEmpty() {
        return rounds.isEmpty();
    }

    int rounds() {
        return rounds.size();
    }

    int samples() {
        return (int) pooled().count();
    }

    int missing() {
        return rounds.stream().mapToInt(round -> round.times().missing()).sum();
    }

    /** Returns a percentile of the times of all rounds together. */
    double millis(double percent) {
        return Percentile.of(pooled(), percent) / NANOS_PER_MILLI;
    }

    /** Returns the same percentile of each round. */
    double[] roundMillis(double percent) {
        return rounds.stream()
                .mapToDouble(round -> Percentile.of(round.times().counted(), percent) / NANOS_PER_MILLI)
                .toArray();
    }

    /** Returns the mean over the rounds of {@link LossyResult#overhead}. */
    double overhead() {
        return rounds.stream().mapToDouble(LossyResult::overhead).average().orElse(Double.NaN);
    }

    /** Returns what people read. */
    String text() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p90 %.1f, p99 %.1f ms of %d, %d missing, overhead %.1f %%, %d unsent by the relay",
                millis(50),
                millis(90),
                millis(99),
                samples(),
                missing(),
                PERCENT * overhead(),
                rounds.stream().mapToLong(LossyResult::unsentDatagrams).sum());
    }

    private LongStream pooled() {
        return rounds.stream().flatMapToLong(round -> round.times().counted());
    }
}
