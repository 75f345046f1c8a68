package io.foreshard.jmh.lossy;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes the figures: ours over the best of the others. */
final class LossyFigures {

    static final String NAME = "lossy.best-peer";

    private static final Target TARGET = Target.atMost(1);
    private static final int SAMPLES_OF_A_P99 = 1000;
    private static final double PERCENT = 100;

    private LossyFigures() {}

    /** Returns the worst condition first, then each. */
    static List<Figure> of(List<Condition> paths, Map<Condition, LossyStand> stands) {
        List<Figure> cases = paths.stream()
                .map(path -> figure(NAME + "/" + path.name(), stands.getOrDefault(path, new LossyStand())))
                .sorted(Comparator.comparingDouble(Figure::value).reversed())
                .toList();
        Figure worst = cases.get(0);
        return Stream.concat(
                        Stream.of(new Figure(NAME, worst.value(), worst.unit(), worst.target(), worst.peers())),
                        cases.stream())
                .toList();
    }

    private static Figure figure(String name, LossyStand stand) {
        double percent = stand.samples() >= SAMPLES_OF_A_P99 ? 99 : 90;
        return new Figure(
                name, stand.ratio(percent), "p" + (int) percent + "/p" + (int) percent, TARGET, peers(stand, percent));
    }

    private static List<Peer> peers(LossyStand stand, double percent) {
        List<Peer> peers = new ArrayList<>();
        String tail = "-p" + (int) percent + "-ms";
        for (LossyContender contender : LossyContender.values()) {
            LossyTally tally = stand.tally(contender);
            if (tally.isEmpty()) {
                peers.add(Peer.skipped(contender.label() + tail, stand.reason(contender)));
                continue;
            }
            peers.add(Peer.of(contender.label() + tail, tally.millis(percent)));
            peers.add(Peer.of(contender.label() + "-p50-ms", tally.millis(50)));
            peers.add(Peer.of(contender.label() + "-overhead-%", PERCENT * tally.overhead()));
            if (tally.missing() > 0) {
                peers.add(Peer.of(contender.label() + "-stopped", tally.missing()));
            }
        }
        return peers;
    }
}
