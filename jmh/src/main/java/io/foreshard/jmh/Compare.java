package io.foreshard.jmh;

import io.foreshard.jmh.addresses.AddressesComparison;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.FigureFile;
import io.foreshard.jmh.forecast.ForecastComparison;
import io.foreshard.jmh.prediction.PredictionComparison;
import io.foreshard.jmh.shaper.ShaperComparison;
import io.foreshard.jmh.stacks.StacksComparison;
import io.foreshard.jmh.striping.StripingComparison;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an engine's comparison: figures on standard output, one line each, progress on standard error. */
@Command(
        name = "Compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs an engine side by side with its peers and prints a FIGURE line per condition; exits with 0 also when a"
                        + " figure is short of its target.")
public final class Compare implements Callable<Integer> {

    private static final Map<String, Comparison> ENGINES = new TreeMap<>(Map.of(
            "addresses",
            new AddressesComparison(),
            "forecast",
            new ForecastComparison(),
            "prediction",
            new PredictionComparison(),
            "shaper",
            new ShaperComparison(),
            "stacks",
            new StacksComparison(),
            "striping",
            new StripingComparison()));

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "ENGINE",
            description = "Which comparison: addresses, forecast, prediction, shaper, stacks or striping.")
    private String engine = "";

    @Option(names = "--quick", description = "Seeded samples of the data, and shorter runs.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "CONTEST",
            split = ",",
            description =
                    "Runs these alone, comma-separated: interval, network, ets-speed, update, fleet of forecast; gain,"
                            + " genie, best-peer, priority, fairness of prediction, where no completion time counts without the fairness"
                            + " of its run; step-response, scheduling, live, no-gain,"
                            + " mice-elephant, server-overload of shaper; sum, unequal, failover, ten-k, relay, pick,"
                            + " disruption, placement of striping; shard-ops, warm-handout, durable, recovery, prefetch, routes,"
                            + " announce of addresses; thaw, cold-starts, mux-hop, orphans, uds-echo, mux-pick, slow-stack, buffers of stacks.")
    private List<String> only = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the figures as JSON as well.")
    private @Nullable Path json;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of recorded data, with series/ and churn/. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("..", "shared", "data");

    @Option(names = "--seed", description = "Seed of the samples. Default: ${DEFAULT-VALUE}.")
    private long seed = 42;

    /** Made by the command line. */
    Compare() {}

    /**
     * Runs the program; exits with 0 when it ran, 1 when it failed, 2 for bad arguments.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        int exit = run(System.out, System.err, arguments);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        CommandLine line = new CommandLine(new Compare());
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((fault, args) -> {
            err.println("Compare: " + fault.getMessage() + " (see --help)");
            return CommandLine.ExitCode.USAGE;
        });
        return line.execute(arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Comparison comparison = ENGINES.get(engine);
        if (comparison == null) {
            throw new ParameterException(
                    spec.commandLine(), "ENGINE: " + engine + " (expected: one of " + ENGINES.keySet() + ")");
        }
        Map<String, Contest> contests = comparison.contests();
        for (String name : only) {
            if (!contests.containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(), "--only: " + name + " (expected: some of " + contests.keySet() + ")");
            }
        }
        if (!only.isEmpty()) {
            contests.keySet().retainAll(only);
        }
        Path work = Files.createTempDirectory("foreshard-compare");
        try {
            compare(contests.values(), new ComparisonSettings(quick, data, work, seed, System.err));
        } finally {
            delete(work);
        }
        return CommandLine.ExitCode.OK;
    }

    private void compare(Collection<Contest> contests, ComparisonSettings settings)
            throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Figure> figures = new ArrayList<>();
        for (Contest contest : contests) {
            contest.run(settings, figure -> {
                figures.add(figure);
                out.println(figure.line());
            });
        }
        if (json != null) {
            FigureFile.write(json, engine, quick, seed, figures);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
