package io.foreshard.jmh.fairness;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.figure.WorstFirst;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the figures: how far our share is from the fair one, as a factor, whichever of the two gets more. The medians of the two orders
 * are kept apart, for too much in one and too little in the other would look fair together; the worse one counts.
 */
final class FairnessFigures {

    static final String NAME = "fairness";

    private static final String UNIT = "x";
    private static final Target TARGET = Target.atMost(2);

    private FairnessFigures() {}

    /** Returns the worst condition first, then each. */
    static List<Figure> of(List<FairnessTally> tallies) {
        return WorstFirst.of(NAME, tallies.stream().map(FairnessFigures::figure));
    }

    private static Figure figure(FairnessTally tally) {
        String name = NAME + "/" + tally.bottleneck().caseName();
        if (tally.isEmpty()) {
            return Figure.open(name, UNIT, TARGET, Peer.skipped("tcp-cubic-mbit/s", tally.reason()));
        }
        double factor = Math.max(factor(tally.medianShare(true)), factor(tally.medianShare(false)));
        return new Figure(name, factor, UNIT, TARGET, peers(tally));
    }

    private static double factor(double share) {
        return Math.max(share, 1 / share);
    }

    private static List<Peer> peers(FairnessTally tally) {
        List<Peer> peers = new ArrayList<>();
        addOrder(peers, tally, true, "-tcp-first");
        addOrder(peers, tally, false, "-tcp-second");
        double alone = tally.aloneMedian(FairnessResult::ourMegabits);
        peers.add(Peer.of("alone-utilisation", alone / tally.bottleneck().megabits()));
        peers.add(Peer.of("alone-rtt-p50-ms", tally.aloneMedian(FairnessResult::rttMedianMillis)));
        peers.add(Peer.of("alone-rtt-p95-ms", tally.aloneMedian(FairnessResult::rttHighMillis)));
        return peers;
    }

    private static void addOrder(List<Peer> peers, FairnessTally tally, boolean tcpFirst, String order) {
        double[] shares = tally.shares(tcpFirst);
        peers.add(Peer.of("ours-mbit/s" + order, tally.besideMedian(tcpFirst, FairnessResult::ourMegabits)));
        peers.add(Peer.of("tcp-cubic-mbit/s" + order, tally.besideMedian(tcpFirst, FairnessResult::tcpMegabits)));
        peers.add(Peer.of("share-least" + order, shares[0]));
        peers.add(Peer.of("share-most" + order, shares[shares.length - 1]));
        peers.add(Peer.of("rtt-p50-ms" + order, tally.besideMedian(tcpFirst, FairnessResult::rttMedianMillis)));
    }
}
