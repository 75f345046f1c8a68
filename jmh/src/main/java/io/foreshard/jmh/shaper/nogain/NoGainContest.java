package io.foreshard.jmh.shaper.nogain;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * The two conditions in which shaping cannot help: a deep queue that our own traffic fills without regard to anything, and one that
 * others fill. A shaper that was told to find out must say so and let packets pass; what they take from end to end is compared with the
 * same packets without it, after that and over the whole run. On virtual time; the epochs are drawn anew in each run.
 */
public final class NoGainContest implements Contest {

    private static final String NAME = "no-gain-bypass";
    private static final Target TARGET = Target.atMost(1.03);
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final int QUICK_RUNS = 3;
    private static final int RUNS = 10;

    /** Makes the contest. */
    public NoGainContest() {}

    /**
     * A pair of runs of the same packets.
     *
     * @param fromNanos since when the shaper knows
     */
    private record Pair(Outcome shaped, Outcome unshaped, long fromNanos) {

        double after() {
            return shaped.isBypassed() ? worst(fromNanos) : Double.POSITIVE_INFINITY;
        }

        double whole() {
            return worst(0);
        }

        private double worst(long from) {
            return Math.max(
                    shaped.meanNanos(from) / unshaped.meanNanos(from), shaped.p99Nanos(from) / unshaped.p99Nanos(from));
        }
    }

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) {
        List<Figure> cases = new ArrayList<>();
        for (Condition condition : Condition.values()) {
            List<Pair> pairs = new ArrayList<>();
            for (int run = 0; run < (settings.quick() ? QUICK_RUNS : RUNS); run++) {
                pairs.add(pair(condition, settings.seed() + run, settings::say));
            }
            cases.add(figure(condition, pairs));
        }
        cases.sort(Comparator.comparingDouble(Figure::value).reversed());
        Figure worst = cases.get(0);
        figures.accept(new Figure(NAME, worst.value(), worst.unit(), worst.target(), worst.peers()));
        cases.forEach(figures);
    }

    private static Pair pair(Condition condition, long seed, Consumer<String> progress) {
        Outcome unshaped = new NoGainRun(condition, seed, LENGTH, line -> {}).unshaped();
        Outcome shaped = new NoGainRun(condition, seed, LENGTH, line -> {}).shaped();
        Pair pair = new Pair(shaped, unshaped, shaped.verdictNanos());
        progress.accept(NAME + "/" + condition.label() + ": known after " + seconds(shaped) + " s, bypassed in "
                + shaped.bypassedShare() + " at the end, " + pair.after() + "x afterwards, " + pair.whole()
                + "x in all");
        return pair;
    }

    private static double seconds(Outcome shaped) {
        return shaped.verdictNanos() / 1e9;
    }

    private static Figure figure(Condition condition, List<Pair> pairs) {
        double value = most(pairs, Pair::after);
        Pair first = pairs.get(0);
        return new Figure(
                NAME + "/" + condition.label(),
                value,
                "x",
                TARGET,
                List.of(
                        Peer.of("whole-run", most(pairs, Pair::whole)),
                        Peer.of("least-bypassed-share", -most(pairs, pair -> -pair.shaped.bypassedShare())),
                        Peer.of("runs", pairs.size()),
                        Peer.of("latest-verdict-s", most(pairs, pair -> seconds(pair.shaped))),
                        Peer.of(
                                "missing-packets",
                                most(pairs, pair -> pair.shaped.missing() - pair.unshaped.missing())),
                        Peer.of("shaped-mean-ms", first.shaped.meanNanos(first.fromNanos) / 1e6),
                        Peer.of("unshaped-mean-ms", first.unshaped.meanNanos(first.fromNanos) / 1e6),
                        Peer.of("shaped-p50-ms", first.shaped.p50Nanos(first.fromNanos) / 1e6),
                        Peer.of("unshaped-p50-ms", first.unshaped.p50Nanos(first.fromNanos) / 1e6),
                        Peer.of("shaped-p99-ms", first.shaped.p99Nanos(first.fromNanos) / 1e6),
                        Peer.of("unshaped-p99-ms", first.unshaped.p99Nanos(first.fromNanos) / 1e6)));
    }

    private static double most(List<Pair> pairs, ToDoubleFunction<Pair> value) {
        return pairs.stream().mapToDouble(value).max().orElse(Double.NaN);
    }
}
