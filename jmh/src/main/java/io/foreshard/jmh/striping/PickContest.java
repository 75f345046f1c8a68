package io.foreshard.jmh.striping;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What a pick of 3 nodes out of 100 costs, weighted and bounded, by JMH, with a plain consistent hash beside it; and the table. */
final class PickContest implements Contest {

    private static final String NAME = "pick";
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final Target NANOS = Target.atMost(100);
    private static final Target NO_BYTES = Target.atMost(0);
    private static final Target MILLIS = Target.atMost(50);
    /** The harness itself allocates some kilobytes an iteration; one object of ours in a hundred picks would show. */
    private static final double WHOLE_BYTES = 0.1;

    private static final int QUICK_FORKS = 2;
    private static final TimeValue QUICK_ITERATION = TimeValue.milliseconds(300);

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
        double bytes = Objects.requireNonNull(pick.getSecondaryResults().get(ALLOCATED), ALLOCATED)
                .getScore();
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
        settings.say(NAME + ": " + benchmark);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + PickBenchmark.class.getName() + "\\." + benchmark + "$")
                .addProfiler(GCProfiler.class);
        if (settings.quick()) {
            options.forks(QUICK_FORKS)
                    .warmupIterations(2)
                    .warmupTime(QUICK_ITERATION)
                    .measurementIterations(2)
                    .measurementTime(QUICK_ITERATION);
        }
        try {
            Collection<RunResult> results = new Runner(
                            options.build(),
                            OutputFormatFactory.createFormatInstance(settings.progress(), VerboseMode.SILENT))
                    .run();
            return results.isEmpty() ? null : results.iterator().next();
        } catch (RunnerException e) {
            settings.say(NAME + ": " + e.getMessage());
            return null;
        }
    }

    private static List<Double> forks(@Nullable RunResult result) {
        return result == null
                ? List.of()
                : result.getBenchmarkResults().stream()
                        .map(fork -> fork.getPrimaryResult().getScore())
                        .toList();
    }

    private static double worst(List<Double> forks) {
        return forks.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private static double best(List<Double> forks) {
        return forks.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }
}
