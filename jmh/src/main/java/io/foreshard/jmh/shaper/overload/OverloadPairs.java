package io.foreshard.jmh.shaper.overload;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.shaper.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The rounds, each without the shaper and with it in one way. */
final class OverloadPairs {

    static final String NAME = "server-overload";

    private static final String UNIT = "x";
    private static final Target TARGET = Target.atLeast(1.2);
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Pair> pairs = new ArrayList<>();
    private final String name;
    private String reason = "did not run";

    private record Pair(OverloadResult shaped, OverloadResult unshaped) {}

    OverloadPairs(Handling shaped) {
        name = NAME + "/" + shaped.label();
    }

    void add(OverloadResult shaped, OverloadResult unshaped) {
        pairs.add(new Pair(shaped, unshaped));
    }

    /** Takes why a round did not run. */
    void skip(String why) {
        reason = why;
    }

    Figure figure() {
        if (pairs.isEmpty()) {
            return Figure.open(name, UNIT, TARGET, Peer.skipped("shaped-good/s", reason));
        }
        Rounds ratio = rounds(pair -> share(pair.shaped) / share(pair.unshaped));
        List<Peer> peers = new ArrayList<>(ratio.spread("x"));
        peers.add(Peer.of("server-most/s", Contention.SERVER.mostPerSecond()));
        peers.add(Peer.of("offered/s", RequestClient.OVERLOAD * Contention.SERVER.mostPerSecond()));
        addBoth(peers, "good/s", OverloadResult::goodPerSecond);
        addBoth(peers, "in-time-share", OverloadPairs::share);
        addBoth(peers, "late-share", result -> result.late() / result.offered());
        addBoth(peers, "refused-share", result -> result.refused() / result.offered());
        addBoth(peers, "not-answered-share", result -> result.unanswered() / result.offered());
        addBoth(peers, "p50-ms", result -> result.p50Nanos() / NANOS_PER_MILLI);
        addBoth(peers, "p99-ms", result -> result.p99Nanos() / NANOS_PER_MILLI);
        return new Figure(name, ratio.median(), UNIT, TARGET, peers);
    }

    private static double share(OverloadResult result) {
        return result.good() / result.offered();
    }

    private void addBoth(List<Peer> peers, String name, ToDoubleFunction<OverloadResult> value) {
        add(peers, "shaped-" + name, value, Pair::shaped);
        add(peers, "unshaped-" + name, value, Pair::unshaped);
    }

    private void add(
            List<Peer> peers,
            String name,
            ToDoubleFunction<OverloadResult> value,
            Function<Pair, OverloadResult> which) {
        peers.add(Peer.of(
                name, rounds(pair -> value.applyAsDouble(which.apply(pair))).median()));
    }

    private Rounds rounds(ToDoubleFunction<Pair> value) {
        Rounds rounds = new Rounds();
        pairs.forEach(pair -> rounds.add(value.applyAsDouble(pair)));
        return rounds;
    }
}
