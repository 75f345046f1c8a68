package io.foreshard.jmh.shaper;

import io.foreshard.jmh.figure.Peer;
import java.util.ArrayList;
import java.util.List;

/** What the rounds of a contest measured of one thing. */
public final class Rounds {

    private final List<Double> values = new ArrayList<>();

    /** Makes one without rounds. */
    public Rounds() {}

    /** Takes a round's. */
    public void add(double value) {
        values.add(value);
    }

    /** Returns the middle one, {@link Double#NaN} of none. */
    public double median() {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Returns the median, and the least and the largest where there were several. */
    public List<Peer> peers(String name) {
        List<Peer> peers = new ArrayList<>(List.of(Peer.of(name, median())));
        peers.addAll(spread(name));
        return peers;
    }

    /** Returns the least and the largest where there were several. */
    public List<Peer> spread(String name) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        return values.size() < 2 ? List.of() : List.of(Peer.of(name + "-min", least), Peer.of(name + "-max", most));
    }
}
