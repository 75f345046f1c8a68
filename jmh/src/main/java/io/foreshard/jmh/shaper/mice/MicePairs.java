package io.foreshard.jmh.shaper.mice;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.shaper.Rounds;
import io.foreshard.jmh.way.Bottleneck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rounds at one bottleneck, each with and without the shaper. */
final class MicePairs {

    static final String NAME = "mice-elephant";

    private static final String UNIT = "x";
    private static final Target TARGET = Target.atMost(0.1);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Bottleneck bottleneck;
    private final List<Pair> pairs = new ArrayList<>();
    private String reason = "did-not-run";

    private record Pair(MiceResult shaped, MiceResult unshaped) {

        double ratio(ToDoubleFunction<MiceResult> value) {
            return value.applyAsDouble(shaped) / value.applyAsDouble(unshaped);
        }
    }

    MicePairs(Bottleneck bottleneck) {
        this.bottleneck = bottleneck;
    }

    Bottleneck bottleneck() {
        return bottleneck;
    }

    void add(MiceResult shaped, MiceResult unshaped) {
        pairs.add(new Pair(shaped, unshaped));
    }

    /** Takes why a round did not run. */
    void skip(String why) {
        reason = why;
    }

    Figure figure() {
        String name = NAME + "/" + bottleneck.caseName();
        if (pairs.isEmpty()) {
            return Figure.open(name, UNIT, TARGET, Peer.skipped("mice-shaped-p99-ms", "needs root: " + reason));
        }
        return new Figure(name, ratios(MiceResult::miceP99Nanos).median(), UNIT, TARGET, peers());
    }

    private List<Peer> peers() {
        List<Peer> peers = new ArrayList<>(ratios(MiceResult::miceP99Nanos).spread("x"));
        addBoth(peers, "mice-p50-ms", result -> result.miceP50Nanos() / NANOS_PER_MILLI);
        addBoth(peers, "mice-p99-ms", result -> result.miceP99Nanos() / NANOS_PER_MILLI);
        addBoth(peers, "mice-sent-late-p99-ms", result -> result.lateP99Nanos() / NANOS_PER_MILLI);
        addBoth(peers, "mice-jitter-ms", result -> result.jitterNanos() / NANOS_PER_MILLI);
        addBoth(peers, "mice-lost", MiceResult::miceLost);
        addBoth(peers, "elephant-mbit/s", MiceResult::elephantMegabits);
        peers.add(Peer.of(
                "elephant-goodput-x", ratios(MiceResult::elephantMegabits).median()));
        addBoth(peers, "elephant-completed-share", MiceResult::elephantCompleted);
        addBoth(peers, "elephant-p50-ms", result -> result.elephantP50Nanos() / NANOS_PER_MILLI);
        addBoth(peers, "elephant-sent-again-share", MiceResult::elephantRepeated);
        peers.add(Peer.of("dropped-by-shaper", shaped(MiceResult::dropped).median()));
        return peers;
    }

    private void addBoth(List<Peer> peers, String name, ToDoubleFunction<MiceResult> value) {
        peers.add(Peer.of("shaped-" + name, shaped(value).median()));
        Rounds unshaped = new Rounds();
        pairs.forEach(pair -> unshaped.add(value.applyAsDouble(pair.unshaped)));
        peers.add(Peer.of("unshaped-" + name, unshaped.median()));
    }

    private Rounds shaped(ToDoubleFunction<MiceResult> value) {
        Rounds rounds = new Rounds();
        pairs.forEach(pair -> rounds.add(value.applyAsDouble(pair.shaped)));
        return rounds;
    }

    private Rounds ratios(ToDoubleFunction<MiceResult> value) {
        Rounds rounds = new Rounds();
        pairs.forEach(pair -> rounds.add(pair.ratio(value)));
        return rounds;
    }
}
