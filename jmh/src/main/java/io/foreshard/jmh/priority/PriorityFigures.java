package io.foreshard.jmh.priority;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.figure.WorstFirst;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the figures: the tail of urgent messages with classes over without. */
final class PriorityFigures {

    static final String NAME = "priority";

    private static final Target TARGET = Target.atMost(0.2);
    private static final int SAMPLES_OF_A_P99 = 1000;

    private PriorityFigures() {}

    static String caseName(int backlogBytes) {
        return "backlog-" + (backlogBytes >> 20) + "-MiB";
    }

    /** Returns the worst condition first, then each. */
    static List<Figure> of(Map<Integer, Map<PriorityVariant, PriorityTally>> tallies) {
        return WorstFirst.of(
                NAME,
                tallies.entrySet().stream()
                        .map(entry -> figure(NAME + "/" + caseName(entry.getKey()), entry.getValue())));
    }

    private static Figure figure(String name, Map<PriorityVariant, PriorityTally> tallies) {
        int samples =
                tallies.values().stream().mapToInt(PriorityTally::samples).min().orElse(0);
        int percent = samples >= SAMPLES_OF_A_P99 ? 99 : 90;
        double ratio = millis(tallies, PriorityVariant.CLASSES, percent)
                / millis(tallies, PriorityVariant.NO_CLASSES, percent);
        return new Figure(name, ratio, "p" + percent + "/p" + percent, TARGET, peers(tallies, percent));
    }

    private static double millis(Map<PriorityVariant, PriorityTally> tallies, PriorityVariant variant, double percent) {
        PriorityTally tally = tallies.get(variant);
        return tally == null ? Double.NaN : tally.millis(percent);
    }

    private static List<Peer> peers(Map<PriorityVariant, PriorityTally> tallies, int percent) {
        List<Peer> peers = new ArrayList<>();
        tallies.forEach((variant, tally) -> {
            String tail = variant.label() + "-p" + percent + "-ms";
            if (tally.isEmpty()) {
                peers.add(Peer.skipped(tail, tally.reason()));
                return;
            }
            peers.add(Peer.of(tail, tally.millis(percent)));
            peers.add(Peer.of(variant.label() + "-p50-ms", tally.millis(50)));
            peers.add(Peer.of(variant.label() + "-bulk-mbit/s", tally.bulkMegabitsPerSecond()));
        });
        return peers;
    }
}
