package io.foreshard.jmh.addresses;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.JmhRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;

/** How many shards a second are given back and assigned, and beside it those that a library for addresses assigns. */
final class ShardOpsContest implements Contest {

    private static final String NAME = "shard-ops";
    private static final Target PER_SECOND = Target.atLeast(5_000_000);
    private static final Target TIMES = Target.atLeast(50);
    private static final Target NO_BYTES = Target.atMost(0);
    /** The harness itself allocates some kilobytes an iteration; one object of ours in a hundred operations would show. */
    private static final double WHOLE_BYTES = 0.1;

    private static final Peer GO_IPAM = Peer.skipped("go-ipam", "quoted: 106861 prefixes/s in memory, by its README");

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) {
        Collection<RunResult> library = JmhRun.run(settings, ShardOpsBenchmark.class, "prefixBlockAllocator");
        Collection<RunResult> ours = JmhRun.run(settings, ShardOpsBenchmark.class, "releaseAndAssign");
        if (library.isEmpty() || ours.isEmpty()) {
            Peer why = Peer.skipped("foreshard", "JMH gave no result");
            figures.accept(Figure.open(NAME, "1/s", PER_SECOND, why));
            figures.accept(Figure.open(NAME + "/bytes", "B/op", NO_BYTES, why));
            figures.accept(Figure.open(NAME + "/times-ipaddress", "ratio", TIMES, why));
            return;
        }
        double peer = best(library.iterator().next());
        List<Figure> conditions = new ArrayList<>();
        ours.forEach(result -> conditions.add(new Figure(
                NAME + "/" + condition(result),
                worst(result),
                "1/s",
                PER_SECOND,
                List.of(Peer.of("foreshard-best-fork", best(result)), Peer.of("ipaddress-best-fork", peer), GO_IPAM))));
        conditions.sort(Comparator.comparingDouble(Figure::value));
        Figure slowest = conditions.get(0);
        figures.accept(new Figure(NAME, slowest.value(), "1/s", PER_SECOND, slowest.peers()));
        conditions.forEach(figures);
        double bytes = ours.stream().mapToDouble(JmhRun::bytes).max().orElse(Double.NaN);
        figures.accept(new Figure(
                NAME + "/bytes",
                bytes < WHOLE_BYTES ? 0 : bytes,
                "B/op",
                NO_BYTES,
                List.of(Peer.of("as-profiled", bytes))));
        figures.accept(new Figure(
                NAME + "/times-ipaddress",
                slowest.value() / peer,
                "ratio",
                TIMES,
                List.of(Peer.of("foreshard-per-s", slowest.value()), Peer.of("ipaddress-per-s", peer))));
    }

    private static String condition(RunResult result) {
        return result.getParams().getParam("units") + "-units-"
                + result.getParams().getParam("fill") + "-full";
    }

    private static double worst(RunResult result) {
        return JmhRun.forks(result).stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(Double.NaN);
    }

    private static double best(RunResult result) {
        return JmhRun.forks(result).stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(Double.NaN);
    }
}
