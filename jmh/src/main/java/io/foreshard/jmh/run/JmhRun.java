package io.foreshard.jmh.run;

import io.foreshard.jmh.ComparisonSettings;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A JMH benchmark as part of a comparison, with the allocation profiler. */
public final class JmhRun {

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final int QUICK_FORKS = 2;
    private static final TimeValue QUICK_ITERATION = TimeValue.milliseconds(300);

    private JmhRun() {}

    /**
     * Runs a benchmark with its own settings, or shorter ones.
     *
     * @param settings whether to be quick, and where to tell of progress
     * @param benchmarks the class
     * @param method of the class
     * @return one result for each combination of parameters; none if it failed
     */
    public static Collection<RunResult> run(ComparisonSettings settings, Class<?> benchmarks, String method) {
        settings.say(benchmarks.getSimpleName() + ": " + method);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmarks.getName() + "\\." + method + "$")
                .addProfiler(GCProfiler.class);
        if (settings.quick()) {
            options.forks(QUICK_FORKS)
                    .warmupIterations(2)
                    .warmupTime(QUICK_ITERATION)
                    .measurementIterations(2)
                    .measurementTime(QUICK_ITERATION);
        }
        try {
            return new Runner(
                            options.build(),
                            OutputFormatFactory.createFormatInstance(settings.progress(), VerboseMode.SILENT))
                    .run();
        } catch (RunnerException e) {
            settings.say(benchmarks.getSimpleName() + ": " + e.getMessage());
            return List.of();
        }
    }

    /**
     * Returns the score of each fork.
     *
     * @param result of one benchmark
     */
    public static List<Double> forks(RunResult result) {
        return result.getBenchmarkResults().stream()
                .map(fork -> fork.getPrimaryResult().getScore())
                .toList();
    }

    /**
     * Returns the bytes allocated per operation.
     *
     * @param result of one benchmark
     */
    public static double bytes(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED)
                .getScore();
    }
}
