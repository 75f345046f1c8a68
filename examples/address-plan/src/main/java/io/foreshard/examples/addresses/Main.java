package io.foreshard.examples.addresses;

import io.foreshard.examples.harness.Program;
import io.foreshard.examples.harness.RouterLab;
import io.foreshard.examples.report.ConsoleTable;
import io.foreshard.examples.report.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the arguments, replays the churn, tells routers, and writes the report. */
@Command(
        name = Main.NAME,
        mixinStandardHelpOptions = true,
        version = "foreshard address-plan 0.1.0",
        sortOptions = false,
        description = {
            "Replays machines that come and go, in virtual time, through two engines of address sharding side by side: one keeps as many"
                    + " addresses warm as were enough lately, the other as many as it foresees.",
            "Prints what that did, opens the journals again and compares, writes a self-contained HTML report and the files of FRR and BIRD."
                    + " Where both are installed, and for root, they are run in network namespaces and told the final plan."
        })
public final class Main extends Program {

    static final String NAME = "address-plan";

    private static final double MOST_DAYS = 3.4;
    private static final int MOST_LEARN_DAYS = 20;
    private static final int LIVE_SECONDS = 20;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the recorded churn is, in DIR/churn. If it is not there, churn is made up. Default:%n${DEFAULT-VALUE}.")
    private Path data = Path.of("..", "shared", "data");

    @Option(names = "--made-up", description = "Make churn up, whatever is there.")
    private boolean madeUp;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            description = "How long the replay is, at the end of the record, 0.05…3.4. Default: ${DEFAULT-VALUE}.")
    private double days = 2;

    @Option(
            names = "--learn",
            paramLabel = "DAYS",
            description = "How long both may learn before, from counts alone, 0…20. Default: ${DEFAULT-VALUE}.")
    private double learnDays = 10;

    @Option(
            names = "--refill",
            paramLabel = "SECONDS",
            description = "How long an address takes to become warm, 1…300. Default: ${DEFAULT-VALUE} s.")
    private int refillSeconds = 90;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Of all that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--no-live", description = "Run no routers, also where it could be done.")
    private boolean noLive;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where to write report.html, frr.conf and bird.conf; made if it is not there. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("target", "address-plan");

    private final PrintStream progress;

    Main(PrintStream progress) {
        this.progress = progress;
    }

    /**
     * Runs the program; exits with 0 when no address was given twice and all was recovered, 1 when not, 2 for bad arguments.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        new Main(System.err).runAsMain(arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = requireFolder("--out", out);
        Settings settings = new Settings(churn(), refillSeconds * 1000L);
        PrintWriter say = out();
        long start = System.nanoTime();
        Replay.Result result = replay(settings);
        double seconds = (System.nanoTime() - start) / 1e9;
        say.println();
        say.print(ConsoleTable.render(ReportPage.table(result)));
        say.println();
        say.println("Replayed " + settings.churn().machines().size() + " machines of "
                + settings.churn().source() + " twice in " + Table.number(seconds, 1) + " s.");
        say.println(
                result.isRight()
                        ? "No address was given twice, and what was recovered is what was held."
                        : "AN ADDRESS WAS GIVEN TWICE, OR WHAT WAS RECOVERED IS NOT WHAT WAS HELD.");
        Routing.write(result.predictive().shards(), folder);
        String live = live(result.predictive());
        say.println(live);
        ReportPage.of(settings, result, live).writeTo(folder.resolve("report.html"));
        say.println("Routers' files: " + folder.resolve(Routing.FRR_FILE) + ", " + folder.resolve(Routing.BIRD_FILE));
        say.println("Report: " + folder.resolve("report.html"));
        say.flush();
        return exitCode(result.isRight());
    }

    private Churn churn() throws IOException {
        requireRange("--days", days, 0.05, MOST_DAYS);
        requireRange("--learn", learnDays, 0, MOST_LEARN_DAYS);
        requireRange("--refill", refillSeconds, 1, 300);
        Path folder = data.resolve("churn");
        if (!madeUp && RecordedChurn.isIn(folder)) {
            return RecordedChurn.read(folder, millis(days), millis(learnDays), seed);
        }
        if (!madeUp) {
            err().println(NAME + ": no churn in " + folder.toAbsolutePath().normalize() + "; it is made up instead");
        }
        return GeneratedChurn.make(millis(days), millis(learnDays), seed);
    }

    /** Whole steps. */
    private static long millis(double days) {
        return Math.round(days * Churn.DAY_MILLIS / Churn.STEP_MILLIS) * Churn.STEP_MILLIS;
    }

    private Replay.Result replay(Settings settings) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(NAME);
        try {
            return new Replay(settings, progress).run(folder);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private String live(Outcome outcome) throws InterruptedException {
        if (noLive) {
            return "No routers were run, as --no-live was given.";
        }
        Optional<String> obstacle = RouterLab.obstacle();
        if (obstacle.isPresent()) {
            return "No routers were run: " + obstacle.get();
        }
        try {
            return LiveRouters.measure(outcome.shards(), LIVE_SECONDS).stream()
                    .map(each -> each.way() + ": " + (each.routes() - 2) + " routes more were there "
                            + Table.number(each.allSeconds(), 2) + " s after the order, then one more after "
                            + Table.number(each.oneSeconds(), 2) + " s")
                    .collect(Collectors.joining("; ", "", "."));
        } catch (IOException failure) {
            return "Routers were run, but: " + failure.getMessage();
        }
    }
}
