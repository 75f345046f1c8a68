package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.shaper.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One transfer over several relays, the same over the best of them, and kernel MPTCP over the same paths, in turns. */
final class Trial {

    private static final double LITTLE = 0.9;

    private final Case condition;
    private final Rounds ours = new Rounds();
    private final Rounds single = new Rounds();
    private final Rounds multipath = new Rounds();
    private String missing = "not-run";
    private String multipathMissing = "the-kernel-cannot-delay";
    private long wrongBytes;

    /**
     * What is the same in all rounds.
     *
     * @param name the figure's
     * @param relays the best one first
     * @param sumMegabits what all pass together
     * @param download or upload
     * @param withMultipath whether kernel MPTCP can do the same
     */
    record Case(String name, List<Integer> relays, double sumMegabits, boolean download, boolean withMultipath) {}

    Trial(Case condition) {
        this.condition = condition;
    }

    void runOurs(ComparisonSettings settings, Stand stand, int round)
            throws IOException, ContestantException, InterruptedException {
        double megabits = measure(settings, stand, stand.open(condition.relays), round);
        ours.add(megabits);
        missing = "";
        if (megabits < LITTLE * condition.sumMegabits) {
            settings.say(condition.name + ": " + stand.ingress().ask("legs"));
        }
    }

    void runSingle(ComparisonSettings settings, Stand stand, int round)
            throws IOException, ContestantException, InterruptedException {
        single.add(measure(settings, stand, stand.open(condition.relays.subList(0, 1)), round));
    }

    void runMultipath(ComparisonSettings settings, Stand stand, int round) throws IOException, InterruptedException {
        if (!condition.withMultipath) {
            return;
        }
        try {
            stand.paths.multipath(condition.relays.size());
            multipath.add(measure(settings, stand, stand.peers(), round));
            multipathMissing = "";
        } catch (ContestantException e) {
            multipathMissing = e.reason();
        }
    }

    private double measure(ComparisonSettings settings, Stand stand, Stand.Ends ends, int round)
            throws IOException, ContestantException, InterruptedException {
        long startMillis = settings.quick() ? 500 : 2_000;
        long millis = settings.quick() ? 1_100 : 6_000;
        stand.awaitQuiet();
        Goodput seen = Goodput.measure(ends, condition.download, settings.seed() + round, startMillis, millis);
        wrongBytes += seen.wrongBytes();
        settings.say(String.format(
                "%s: round %d, %s: %.1f of %.0f Mbit/s, longest gap %.0f ms, %d wrong bytes",
                condition.name,
                round,
                ends.label(),
                seen.megabits(),
                condition.sumMegabits,
                seen.gapNanos() * 1e-6,
                seen.wrongBytes()));
        return seen.megabits();
    }

    void failed(ContestantException reason) {
        missing = Double.isNaN(ours.median()) ? reason.reason() : "";
    }

    /** Returns what the transfer got of the sum. */
    Figure ofSum(Target target) {
        return figure(condition.name, ours.median() / condition.sumMegabits, target, single);
    }

    /** Returns the same, beside what another trial got of a single relay. */
    Figure ofSum(Target target, Trial withSingle) {
        return figure(condition.name, ours.median() / condition.sumMegabits, target, withSingle.single);
    }

    /** Returns what the transfer got beside the best of its relays alone. */
    Figure ofBestSingle(Target target) {
        return figure(condition.name + "-floor", ours.median() / single.median(), target, single);
    }

    private Figure figure(String name, double value, Target target, Rounds best) {
        if (!missing.isEmpty()) {
            return Figure.open(name, "ratio", target, Peer.skipped("foreshard", missing));
        }
        List<Peer> peers = new ArrayList<>(ours.peers("foreshard-mbit"));
        if (multipathMissing.isEmpty()) {
            peers.addAll(multipath.peers("mptcp-mbit"));
            peers.add(Peer.of("mptcp-ratio", ours.median() / multipath.median()));
        } else {
            peers.add(Peer.skipped("mptcp-mbit", multipathMissing));
        }
        peers.addAll(best.peers("single-relay-mbit"));
        peers.add(Peer.of("wrong-bytes", (double) wrongBytes));
        return new Figure(name, value, "ratio", target, peers);
    }
}
