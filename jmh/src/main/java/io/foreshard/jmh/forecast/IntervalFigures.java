package io.foreshard.jmh.forecast;

import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The figures about intervals, out of the scores of ours and of the peers. */
final class IntervalFigures {

    private static final double NOMINAL = 0.95;
    private static final Target LOWEST = Target.atLeast(94);
    private static final Target HIGHEST = Target.atMost(96);
    private static final Target WINDOW = Target.atLeast(85);
    private static final Target RATIO = Target.atMost(1.02);
    private static final Comparator<IntervalScore> BY_DEVIATION =
            Comparator.comparingDouble(score -> -Math.abs(score.coverage() - NOMINAL));
    private static final Comparator<IntervalScore> BY_WINDOW = Comparator.comparingDouble(IntervalScore::worstWindow);

    private final List<IntervalScore> ours;
    private final List<IntervalScore> peers;
    private final List<Peer> missing;

    /** Peers that are missing stand in for the scores there would be. */
    IntervalFigures(List<IntervalScore> ours, List<IntervalScore> peers, List<Peer> missing) {
        this.ours = ours;
        this.peers = peers;
        this.missing = missing;
    }

    static List<Figure> open(Peer reason) {
        return List.of(
                Figure.open("coverage", "%", LOWEST, reason),
                Figure.open("coverage.window", "%", WINDOW, reason),
                Figure.open("interval-score", "x", RATIO, reason));
    }

    /** The three figures and their cases, for the contender that gives them their names. */
    List<Figure> all(Contender contender) {
        List<IntervalScore> near = ours(contender, score -> score.horizon() == 1);
        List<Figure> figures = new ArrayList<>();
        figures.add(coverage("coverage", near.stream().min(BY_DEVIATION).orElseThrow(), worst(BY_DEVIATION)));
        near.stream()
                .sorted(BY_DEVIATION)
                .forEach(score -> figures.add(coverage("coverage/" + score.series(), score, List.of())));
        figures.add(window("coverage.window", near.stream().min(BY_WINDOW).orElseThrow(), worst(BY_WINDOW)));
        near.stream()
                .sorted(BY_WINDOW)
                .forEach(score -> figures.add(window("coverage.window/" + score.series(), score, List.of())));
        figures.addAll(ratios("interval-score", contender));
        return figures;
    }

    /** The three figures of a further contender, as cases. */
    List<Figure> extra(Contender contender) {
        List<IntervalScore> near = ours(contender, score -> score.horizon() == 1);
        String suffix = "/" + contender.name();
        return List.of(
                coverage("coverage" + suffix, near.stream().min(BY_DEVIATION).orElseThrow(), List.of()),
                window("coverage.window" + suffix, near.stream().min(BY_WINDOW).orElseThrow(), List.of()),
                ratio("interval-score" + suffix, ours(contender, score -> true)));
    }

    private List<IntervalScore> ours(Contender contender, Predicate<IntervalScore> wanted) {
        return ours.stream()
                .filter(score -> score.method().equals(contender.name()))
                .filter(wanted)
                .toList();
    }

    /** The target is the end of the range that is nearer. */
    private static Figure coverage(String name, IntervalScore score, List<Peer> others) {
        Target target = score.coverage() < NOMINAL ? LOWEST : HIGHEST;
        return new Figure(name, 100 * score.coverage(), "%", target, others);
    }

    private static Figure window(String name, IntervalScore score, List<Peer> others) {
        return new Figure(name, 100 * score.worstWindow(), "%", WINDOW, others);
    }

    /** What each peer has where it is worst. */
    private List<Peer> worst(Comparator<IntervalScore> order) {
        ToDoubleFunction<IntervalScore> value =
                order == BY_WINDOW ? IntervalScore::worstWindow : IntervalScore::coverage;
        return peersOr(methods(
                        peers.stream().filter(score -> score.horizon() == 1).toList())
                .entrySet()
                .stream()
                .map(method -> Peer.of(
                        method.getKey(),
                        100
                                * value.applyAsDouble(
                                        method.getValue().stream().min(order).orElseThrow())))
                .toList());
    }

    private List<Peer> peersOr(List<Peer> found) {
        return found.isEmpty() ? missing : found;
    }

    private List<Figure> ratios(String name, Contender contender) {
        List<Figure> figures = new ArrayList<>();
        figures.add(ratio(name, ours(contender, score -> true)));
        for (int horizon : new int[] {1, IntervalContestant.FAR}) {
            figures.add(ratio(name + "/h" + horizon, ours(contender, score -> score.horizon() == horizon)));
        }
        ours(contender, score -> true).stream()
                .map(score -> ratio(name + "/" + score.condition(), List.of(score)))
                .sorted(Comparator.comparingDouble(figure -> -figure.value()))
                .forEach(figures::add);
        return figures;
    }

    /** The geometric mean of what ours is to the best peer of each condition; the raw numbers are scaled by the naive error. */
    private Figure ratio(String name, List<IntervalScore> scores) {
        List<IntervalScore> beside = scores.stream()
                .flatMap(score -> peers.stream().filter(peer -> peer.condition().equals(score.condition())))
                .toList();
        List<Peer> raw = new ArrayList<>(List.of(Peer.of("foreshard", scaled(scores))));
        if (beside.isEmpty()) {
            raw.addAll(missing);
            return Figure.open(name, "x", RATIO, raw.toArray(Peer[]::new));
        }
        List<IntervalScore> best = scores.stream().map(this::best).toList();
        raw.add(Peer.of("best-of-peers", scaled(best)));
        methods(beside).forEach((method, each) -> raw.add(Peer.of(method, scaled(each))));
        return new Figure(name, scaled(scores) / scaled(best), "x", RATIO, raw);
    }

    private IntervalScore best(IntervalScore score) {
        return peers.stream()
                .filter(peer -> peer.condition().equals(score.condition()))
                .min(Comparator.comparingDouble(IntervalScore::score))
                .orElseThrow();
    }

    private static double scaled(List<IntervalScore> scores) {
        return Numbers.geometricMean(scores.stream().mapToDouble(IntervalScore::scaledScore));
    }

    private static Map<String, List<IntervalScore>> methods(List<IntervalScore> scores) {
        return scores.stream().collect(Collectors.groupingBy(IntervalScore::method, TreeMap::new, Collectors.toList()));
    }
}
