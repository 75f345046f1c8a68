package io.foreshard.jmh.striping;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.JmhRun;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;

/** What a pick of 3 nodes out of 100 costs, weighted and bounded, by JMH, with a plain consistent hash beside it; and the table. */
final class PickContest implements Contest {

    private static final String NAME = "pick";
    private static final Target NANOS = Target.atMost(100);
    private static final Target NO_BYTES = Target.atMost(0);
    private static final Target MILLIS = Target.atMost(50);
    /** The harness itself allocates some kilobytes an iteration; one object of ours in a hundred picks would show. */
    private static final double WHOLE_BYTES = 0.1;

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) {
        List<Double> peer = forks(run(settings, "jumpBackHash"));
        RunResult pick = run(settings, "pick");
        RunResult rebuild = run(settings, "rebuild");
        if (pick == null || rebuild == null) {
            Peer why = Peer.skipped("foreshard", "JMH gave no result");
            figures.accept(Figure.open(NAME, "ns", NANOS, why));
            figures.accept(Figure.open(NAME + "/bytes", "B/op", NO_BYTES, why));
            figures.accept(Figure.open(NAME + "/rebuild", "ms", MILLIS, why));
            return;
        }
        figures.accept(new Figure(
                NAME,
                worst(forks(pick)),
                "ns",
                NANOS,
                List.of(
                        Peer.of("foreshard-best-fork", best(forks(pick))),
                        Peer.of("hash4j-jumpback-1-unweighted", worst(peer)),
                        Peer.of("hash4j-jumpback-best-fork", best(peer)))));
        double bytes = JmhRun.bytes(pick);
        figures.accept(new Figure(
                NAME + "/bytes",
                bytes < WHOLE_BYTES ? 0 : bytes,
                "B/op",
                NO_BYTES,
                List.of(Peer.of("as-profiled", bytes))));
        figures.accept(new Figure(
                NAME + "/rebuild",
                worst(forks(rebuild)),
                "ms",
                MILLIS,
                List.of(Peer.of("foreshard-best-fork", best(forks(rebuild))))));
    }

    private static @Nullable RunResult run(ComparisonSettings settings, String benchmark) {
        Collection<RunResult> results = JmhRun.run(settings, PickBenchmark.class, benchmark);
        return results.isEmpty() ? null : results.iterator().next();
    }

    private static List<Double> forks(@Nullable RunResult result) {
        return result == null ? List.of() : JmhRun.forks(result);
    }

    private static double worst(List<Double> forks) {
        return forks.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private static double best(List<Double> forks) {
        return forks.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }
}
