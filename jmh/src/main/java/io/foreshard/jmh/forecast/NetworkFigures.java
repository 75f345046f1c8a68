package io.foreshard.jmh.forecast;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The figures about rolling origins: mean MASE per series of ours, of the seasonal naive forecast, and of R's methods. */
final class NetworkFigures {

    private static final Target NAIVE = Target.atMost(1.02);
    private static final Target SHARE = Target.atLeast(0.8);
    private static final double NEAR = 1.05;
    private static final Comparator<Figure> WORST_FIRST = Comparator.comparingDouble(figure -> -figure.value());

    private final String contender;
    private final MeanScores ours;
    private final MeanScores peers;
    private final Peer missing;

    /** The missing peer stands in for the scores there would be. */
    NetworkFigures(Contender contender, List<NetworkScore> ours, List<NetworkScore> peers, Peer missing) {
        this.contender = contender.name();
        this.ours = new MeanScores(ours);
        this.peers = new MeanScores(peers);
        this.missing = missing;
    }

    static List<Figure> open(Peer reason) {
        return List.of(
                Figure.open("network.naive", "x", NAIVE, reason), Figure.open("network.r", "share", SHARE, reason));
    }

    List<Figure> all() {
        List<Figure> cases = ours.series().stream()
                .map(series -> naive("network.naive/" + series, series))
                .sorted(WORST_FIRST)
                .toList();
        Figure worst = cases.get(0);
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("network.naive", worst.value(), worst.unit(), NAIVE, worst.peers()));
        figures.addAll(cases);
        figures.addAll(r());
        return figures;
    }

    private Figure naive(String name, String series) {
        double own = own(series);
        double naive = ours.of(series, NetworkContestant.SEASONAL_NAIVE);
        List<Peer> raw = List.of(Peer.of("foreshard", own), Peer.of("snaive", naive));
        return new Figure(name, own / naive, "x", NAIVE, raw);
    }

    private List<Figure> r() {
        if (peers.isEmpty()) {
            return List.of(Figure.open("network.r", "share", SHARE, missing));
        }
        List<Figure> figures = new ArrayList<>();
        List<Peer> shares = peers.methods().stream()
                .map(method -> Peer.of(method, share(series -> peers.of(series, method))))
                .toList();
        figures.add(new Figure("network.r", share(this::own), "share", SHARE, shares));
        ours.series().stream().map(this::besideR).sorted(WORST_FIRST).forEach(figures::add);
        return figures;
    }

    private Figure besideR(String series) {
        List<Peer> raw = new ArrayList<>(List.of(Peer.of("foreshard", own(series))));
        peers.of(series).forEach((method, mase) -> raw.add(Peer.of(method, mase)));
        return new Figure("network.r/" + series, own(series) / peers.best(series), "x", Target.atMost(NEAR), raw);
    }

    /** The share of the series on which a method is near the best of R's. */
    private double share(Mase method) {
        return Numbers.mean(ours.series().stream()
                .map(series -> method.of(series) <= NEAR * peers.best(series) ? 1.0 : 0.0)
                .toList());
    }

    private double own(String series) {
        return ours.of(series, contender);
    }

    /** What a method has on a series. */
    private interface Mase {

        double of(String series);
    }
}
