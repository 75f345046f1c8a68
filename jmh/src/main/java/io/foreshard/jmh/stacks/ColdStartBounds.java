package io.foreshard.jmh.stacks;

import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.stacks.StackReplay.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What could be had at the memory that ours takes: by one that knows what messages are drawn from but not the draws, and by one that knows each message.
 *
 * @param seeds the first ones, for which it was reckoned
 * @param theirs messages that wait with the reactive peer, for those seeds
 * @param ours the same with ours
 * @param knowsRate the same of one that knows what messages are drawn from
 * @param knowsAll the same of one that knows each message
 * @param memoryOfAll what that one takes for each of ours
 */
record ColdStartBounds(long seeds, long theirs, long ours, long knowsRate, long knowsAll, double memoryOfAll) {

    private static final int BISECTIONS = 9;
    private static final double LEAST_PRICE = 1e-5;
    private static final double MOST_PRICE = 0.1;
    private static final double START_MARGIN = 1.5;
    private static final double STAY_MARGIN = 0.5;

    /** Reckons them for replays and what came of them with others. */
    static ColdStartBounds of(List<StackReplay> replays, List<Long> seeds, Outcome theirs, Outcome ours) {
        List<Foreknowledge> knowing = new ArrayList<>();
        for (int i = 0; i < replays.size(); i++) {
            knowing.add(new Foreknowledge(replays.get(i).demand(), seeds.get(i)));
        }
        double memory =
                knowing.stream().mapToDouble(Foreknowledge::megabyteSeconds).sum();
        long all = Foreknowledge.exposed(knowing, ours.megabyteSeconds());
        return new ColdStartBounds(
                replays.size(),
                theirs.exposed(),
                ours.exposed(),
                knowsRate(replays, ours.megabyteSeconds()),
                all,
                memory / ours.megabyteSeconds());
    }

    /** At the lowest price at which it takes no more than a budget. */
    static long knowsRate(List<StackReplay> replays, double budget) {
        double low = Math.log(LEAST_PRICE);
        double high = Math.log(MOST_PRICE);
        long exposed = Long.MAX_VALUE;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            Outcome tried = new Outcome(0, 0, 0, 0);
            for (StackReplay replay : replays) {
                tried = tried.plus(replay.run(
                        new RatePilot(replay.demand(), replay.bounds(), Math.exp(middle), START_MARGIN, STAY_MARGIN)));
            }
            if (tried.megabyteSeconds() <= budget) {
                exposed = tried.exposed();
                high = middle;
            } else {
                low = middle;
            }
        }
        return exposed;
    }

    /** Returns them as others of a figure. */
    List<Peer> peers() {
        return List.of(
                Peer.of("bound-seeds", (double) seeds),
                Peer.of("kpa-exposed-there", (double) theirs),
                Peer.of("ours-exposed-there", (double) ours),
                Peer.of("knows-the-rate-exposed", (double) knowsRate),
                Peer.of("knows-all-exposed", (double) knowsAll),
                Peer.of("knows-all-memory-ratio", memoryOfAll));
    }
}
