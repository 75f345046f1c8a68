package io.foreshard.examples.stacks;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Program;
import io.foreshard.examples.report.ConsoleTable;
import io.foreshard.examples.report.ProgressBar;
import io.foreshard.examples.report.Table;
import io.foreshard.examples.stacks.capture.Capture;
import io.foreshard.examples.stacks.capture.Captures;
import io.foreshard.examples.stacks.capture.Protocol;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the arguments, replays the messages against three sets of stacks, says who won, and writes the report. */
@Command(
        name = Main.NAME,
        mixinStandardHelpOptions = true,
        version = "foreshard protocol-stacks 0.1.0",
        sortOptions = false,
        description = {
            "Replays DNS queries and BGP messages of captures against protocol stacks, three times at the same time: stacks are started by"
                    + " Knative's rule, kept for a fixed time, or started before they are needed.",
            "For root, and where runc is installed, each stack is a JVM in a container; else it runs in this process."
                    + " The replay has its own days of four minutes and a clock that runs faster than that on the wall."
        })
public final class Main extends Program {

    static final String NAME = "protocol-stacks";

    private static final int MOST_DAYS = 50;
    private static final int MOST_LEARN_DAYS = 500;
    private static final int MOST_SPEED = 50;
    private static final double LEAST_WORK = 0.1;
    private static final int MOST_WORK = 100;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the captures are, in DIR/flows/pcap. If there are none, messages are made up. Default:%n${DEFAULT-VALUE}.")
    private Path data = Path.of("..", "shared", "data");

    @Option(names = "--made-up", description = "Make messages up, whatever is there.")
    private boolean madeUp;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            description = "How long the replay is, 1…50; the surprises need 3. Default: ${DEFAULT-VALUE}.")
    private int days = 4;

    @Option(
            names = "--learn",
            paramLabel = "DAYS",
            description = "How many days are learned from before, in virtual time, 0…500. Default: ${DEFAULT-VALUE}.")
    private int learnDays = 40;

    @Option(
            names = "--speed",
            paramLabel = "TIMES",
            description = "How fast the clock of the replay runs, 1…50. Default: ${DEFAULT-VALUE}.")
    private int speed = 20;

    @Option(
            names = "--work",
            paramLabel = "MS",
            description = "How long a stack works on a message, 0.1…100 ms on the wall. Default: ${DEFAULT-VALUE}.")
    private double workMillis = 2;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Of all that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--in-process", description = "Run no containers, also where it could be done.")
    private boolean inProcess;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Where to build the image of the containers. Default: ${DEFAULT-VALUE}.")
    private Path images = Path.of("target", "stack-images");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write report.html; made if it is not there. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("target", "protocol-stacks");

    private final PrintStream progress;

    Main(PrintStream progress) {
        this.progress = progress;
    }

    /**
     * Runs the program; exits with 0 when each message got one result and no answer was wrong, 1 when not, 2 for bad arguments.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        new Main(System.err).runAsMain(arguments);
    }

    @Override
    public Integer call() throws IOException {
        Path folder = requireFolder("--out", out);
        requireRange("--days", days, 1, MOST_DAYS);
        requireRange("--learn", learnDays, 0, MOST_LEARN_DAYS);
        requireRange("--speed", speed, 1, MOST_SPEED);
        requireRange("--work", workMillis, LEAST_WORK, MOST_WORK);
        Settings settings = new Settings(
                new Timetable(captures(), learnDays, days, seed), speed, (int) Math.round(workMillis * 1000));
        long begin = System.nanoTime();
        List<Outcome> outcomes;
        Quarters quarters;
        try (Cleanup cleanup = new Cleanup(NAME)) {
            ReplayLoop loop = new ReplayLoop(speed);
            cleanup.add(loop::stop);
            quarters = quarters(settings, loop, cleanup);
            say(settings, quarters);
            Dashboard dashboard = new Dashboard(settings, err(), progress, ProgressBar.isTerminal());
            outcomes = new Replay(settings, quarters, loop, dashboard).run(cleanup);
        }
        return finish(settings, quarters, outcomes, folder, (System.nanoTime() - begin) / 1e9);
    }

    private int finish(Settings settings, Quarters quarters, List<Outcome> outcomes, Path folder, double seconds)
            throws IOException {
        PrintWriter say = out();
        String verdict = Verdict.of(outcomes);
        say.println();
        say.print(ConsoleTable.render(ReportPage.table(outcomes)));
        say.println();
        say.println(verdict);
        boolean isRight = outcomes.stream().allMatch(Outcome::isRight);
        if (!isRight) {
            say.println("A MESSAGE GOT NO RESULT, OR AN ANSWER WAS WRONG.");
        }
        ReportPage.of(settings, quarters, outcomes, verdict).writeTo(folder.resolve("report.html"));
        say.println("Took " + Table.number(seconds, 0) + " s. Report: " + folder.resolve("report.html"));
        say.flush();
        return exitCode(isRight);
    }

    private void say(Settings settings, Quarters quarters) {
        PrintWriter say = err();
        say.println("Replays " + settings.sources() + ".");
        say.println("They are recorded; when a capture is replayed is a timetable: " + days + " days of "
                + Timetable.DAY_MILLIS / 60_000 + " minutes, after " + learnDays
                + " to learn from. One second on the wall is "
                + speed + " s of the replay.");
        say.println(quarters.words());
        say.flush();
    }

    private List<Capture> captures() throws IOException {
        Path folder = data.resolve("flows").resolve("pcap");
        List<Capture> captures = new ArrayList<>();
        if (!madeUp && Files.isDirectory(folder)) {
            captures.addAll(Captures.read(folder));
        }
        List<Protocol> missing = Arrays.stream(Protocol.values())
                .filter(protocol -> captures.stream().noneMatch(each -> each.protocol() == protocol))
                .toList();
        if (!madeUp && !missing.isEmpty()) {
            err().println(NAME + ": no messages of " + missing + " in "
                    + folder.toAbsolutePath().normalize() + "; they are made up instead");
        }
        MadeUp.captures().stream()
                .filter(each -> missing.contains(each.protocol()))
                .forEach(captures::add);
        return captures;
    }

    private Quarters quarters(Settings settings, ReplayLoop loop, Cleanup cleanup) throws IOException {
        Optional<String> obstacle = inProcess ? Optional.of("--in-process was given") : Containers.obstacle();
        if (obstacle.isPresent()) {
            return LocalQuarters.open(settings, obstacle.get(), cleanup);
        }
        try {
            return Containers.open(settings, images.toAbsolutePath(), loop.loop(), cleanup);
        } catch (IOException failed) {
            return LocalQuarters.open(settings, "runc could not be used: " + failed.getMessage(), cleanup);
        }
    }
}
