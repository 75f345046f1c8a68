package io.foreshard.jmh.forecast;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What one sample costs, by JMH: five Java machines one after the other, and the bytes by its allocation profiler. */
final class UpdateContest implements Contest {

    private static final String TIME = "update";
    private static final String BYTES = "update/bytes";
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final Target MICROS = Target.atMost(1);
    private static final Target NO_BYTES = Target.atMost(0);
    /** The harness itself allocates some ten kilobytes an iteration; one object of ours in a hundred updates would show. */
    private static final double WHOLE_BYTES = 0.1;

    private static final TimeValue QUICK_ITERATION = TimeValue.milliseconds(500);

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) {
        if (Contender.ONLINE.isPresent()) {
            measure(settings, Contender.ONLINE, "").forEach(figures);
        } else {
            open("", "no such forecaster").forEach(figures);
        }
        measure(settings, new Contender("damped-trend"), "/damped-trend").forEach(figures);
    }

    private static List<Figure> measure(ComparisonSettings settings, Contender contender, String suffix) {
        settings.say("update: " + contender.name());
        try {
            Collection<RunResult> results = new Runner(
                            options(settings, contender).build(),
                            OutputFormatFactory.createFormatInstance(settings.progress(), VerboseMode.SILENT))
                    .run();
            return results.isEmpty()
                    ? open(suffix, "no result")
                    : figures(results.iterator().next(), suffix);
        } catch (RunnerException e) {
            return open(suffix, String.valueOf(e.getMessage()));
        }
    }

    private static ChainedOptionsBuilder options(ComparisonSettings settings, Contender contender) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + ForecastUpdateBenchmark.class.getName() + "\\.")
                .param("forecaster", contender.name())
                .addProfiler(GCProfiler.class);
        return settings.quick()
                ? options.warmupIterations(2)
                        .warmupTime(QUICK_ITERATION)
                        .measurementIterations(2)
                        .measurementTime(QUICK_ITERATION)
                : options;
    }

    private static List<Figure> figures(RunResult result, String suffix) {
        List<Double> forks = result.getBenchmarkResults().stream()
                .map(fork -> fork.getPrimaryResult().getScore())
                .toList();
        double bytes = Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED)
                .getScore();
        return List.of(
                new Figure(
                        TIME + suffix,
                        Numbers.median(forks),
                        "us",
                        MICROS,
                        List.of(
                                Peer.of("foreshard-min", Numbers.min(forks)),
                                Peer.of("foreshard-max", Numbers.max(forks)))),
                new Figure(
                        BYTES + suffix,
                        bytes < WHOLE_BYTES ? 0 : bytes,
                        "B/op",
                        NO_BYTES,
                        List.of(Peer.of("as-profiled", bytes))));
    }

    private static List<Figure> open(String suffix, String reason) {
        Peer peer = Peer.skipped("foreshard", reason);
        return List.of(
                Figure.open(TIME + suffix, "us", MICROS, peer), Figure.open(BYTES + suffix, "B/op", NO_BYTES, peer));
    }
}
