package io.foreshard.jmh.lossy;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.figure.WorstFirst;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Makes the figures: ours over the best of the others. */
final class LossyFigures {

    static final String NAME = "lossy.best-peer";

    private static final Target TARGET = Target.atMost(1);
    private static final Target CALIBRATED = Target.atMost(1.25);
    private static final String MEDIAN = "-p50-ms";
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int SAMPLES_OF_A_P99 = 1000;
    /** A round alone has too few samples for more. */
    private static final double ROUND_PERCENT = 90;

    private static final double PERCENT = 100;

    private LossyFigures() {}

    /** Returns the worst condition first, then each. */
    static List<Figure> of(List<Condition> paths, Map<Condition, LossyStand> stands) {
        return WorstFirst.of(
                NAME,
                paths.stream()
                        .map(path -> figure(NAME + "/" + path.name(), stands.getOrDefault(path, new LossyStand()))));
    }

    /**
     * Returns the median time of the slowest contestant over half a round trip and the service time of a message at the bottleneck. It
     * is above 1, as messages also wait for each other and have headers.
     */
    static Figure calibration(Condition path, LossyStand stand) {
        double serviceMillis = MILLIS_PER_SECOND * Arrivals.MESSAGE_BYTES / Condition.LINK_BYTES_PER_SECOND;
        List<Peer> medians = Stream.of(LossyContender.values())
                .map(contender -> Peer.of(
                        contender.label() + MEDIAN, stand.tally(contender).millis(50)))
                .toList();
        double slowest = medians.stream()
                .filter(Peer::ran)
                .mapToDouble(Peer::value)
                .max()
                .orElse(Double.NaN);
        double ratio = slowest / (path.rttMillis() / 2.0 + serviceMillis);
        return new Figure("lossy.calibration/" + path.name(), ratio, "p50/least", CALIBRATED, medians);
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
            peers.add(Peer.of(contender.label() + MEDIAN, tally.millis(50)));
            peers.add(Peer.of(contender.label() + "-overhead-%", PERCENT * tally.overhead()));
            if (tally.rounds() > 1) {
                double[] spread = tally.roundMillis(ROUND_PERCENT);
                peers.add(Peer.of(
                        contender.label() + "-p90-ms-least",
                        DoubleStream.of(spread).min().orElse(Double.NaN)));
                peers.add(Peer.of(
                        contender.label() + "-p90-ms-most",
                        DoubleStream.of(spread).max().orElse(Double.NaN)));
            }
            if (tally.missing() > 0) {
                peers.add(Peer.of(contender.label() + "-stopped", tally.missing()));
            }
        }
        return peers;
    }
}
