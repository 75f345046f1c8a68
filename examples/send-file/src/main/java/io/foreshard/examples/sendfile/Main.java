package io.foreshard.examples.sendfile;

import io.foreshard.examples.harness.Program;
import io.foreshard.examples.report.ConsoleTable;
import io.foreshard.examples.report.ProgressBar;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads the arguments, runs one transfer per policy, prints the table and writes the report. */
@Command(
        name = "send-file",
        mixinStandardHelpOptions = true,
        version = "foreshard send-file 0.1.0",
        sortOptions = false,
        description = {
            "Sends a file between two endpoints over real UDP sockets, through a relay that delays, queues and loses datagrams,"
                    + " whose capacity falls again and again; once per sharding policy, with the same seed.",
            "Prints a table and writes a self-contained HTML report."
        })
public final class Main extends Program {

    private static final int SMALLEST_MESSAGE = 1_024;
    private static final int LARGEST_MESSAGE = 8 << 20;
    private static final double BYTES_PER_MEGABIT = 125_000;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "What to send. Default: the library of the running JVM.")
    private Path file = ownLibrary(Path.of(System.getProperty("java.home")));

    @Option(
            names = "--rate",
            paramLabel = "MBIT",
            description = "Capacity of the path. Default: ${DEFAULT-VALUE} Mbit/s.")
    private double megabits = 14;

    @Option(
            names = "--congested",
            paramLabel = "MBIT",
            description = "Capacity during an episode of congestion. Default: ${DEFAULT-VALUE} Mbit/s.")
    private double congestedMegabits = 3.5;

    @Option(
            names = "--period",
            paramLabel = "SECONDS",
            description =
                    "How far apart episodes are, which a forecaster can learn; 0 for a single one, which nobody foresees."
                            + " Default: ${DEFAULT-VALUE} s.")
    private double periodSeconds = 1.2;

    @Option(names = "--delay", paramLabel = "MS", description = "One-way delay. Default: ${DEFAULT-VALUE} ms.")
    private long delayMillis = 40;

    @Option(names = "--loss", paramLabel = "P", description = "Share of datagrams lost. Default: ${DEFAULT-VALUE}.")
    private double loss = 0.001;

    @Option(names = "--message", paramLabel = "BYTES", description = "Message size. Default: ${DEFAULT-VALUE}.")
    private int messageBytes = 16 << 10;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            split = ",",
            description = "Policies to run, of ${COMPLETION-CANDIDATES}. Default: FIXED,THRESHOLD,PREDICTIVE.")
    private List<NamedPolicy> policies = List.of(NamedPolicy.FIXED, NamedPolicy.THRESHOLD, NamedPolicy.PREDICTIVE);

    @Option(names = "--seed", description = "Seed of the path's randomness. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Where to write the report. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("target", "send-file.html");

    /** Made by the command line. */
    Main() {}

    /** About 20 MB on most systems; where it is elsewhere, all classes of the JDK are sent. */
    private static Path ownLibrary(Path javaHome) {
        Path library = javaHome.resolve("lib").resolve("server").resolve(System.mapLibraryName("jvm"));
        return Files.isReadable(library) ? library : javaHome.resolve("lib").resolve("modules");
    }

    /**
     * Runs the program; exits with 0 when every byte arrived, 1 when not, 2 for bad arguments.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        new Main().runAsMain(arguments);
    }

    @Override
    public Integer call() throws IOException {
        Scenario scenario = scenario();
        PrintStream progress = System.err;
        String expected = ReceivedFile.sha256(scenario.file());
        transfer(scenario.warmUp(), "warm-up, not counted", NamedPolicy.FIXED, progress);
        List<TransferResult> results = new ArrayList<>();
        for (NamedPolicy policy : policies) {
            results.add(transfer(scenario, policy.label(), policy, progress));
        }
        boolean whole = results.stream().allMatch(result -> result.sha256().equals(expected));
        PrintWriter out = out();
        out.println();
        out.print(ConsoleTable.render(ReportPage.table(results, expected)));
        printGates(results, out);
        ReportPage.of(scenario, results, expected).writeTo(report.toAbsolutePath());
        out.println();
        out.println(whole ? "SHA-256 verified: " + expected : "SHA-256 DIFFERS from " + expected);
        out.println("Report: " + report.toAbsolutePath());
        out.flush();
        return exitCode(whole);
    }

    private static TransferResult transfer(Scenario scenario, String label, NamedPolicy policy, PrintStream progress)
            throws IOException {
        ProgressBar bar =
                ProgressBar.start(label, scenario.messages(), progress, ProgressBar.isTerminal(), System.nanoTime());
        TransferResult result = new Transfer(scenario, label, policy).run(bar);
        bar.finish(System.nanoTime());
        return result;
    }

    private static void printGates(List<TransferResult> results, PrintWriter out) {
        GatePage.openSince(results).ifPresent(since -> {
            out.println();
            out.print(ConsoleTable.render(ReportPage.whileOpen(results, since)));
        });
        out.println();
        for (TransferResult result : results) {
            out.println("Gate, " + result.policy() + ": " + GatePage.sentence(result));
        }
    }

    private Scenario scenario() throws IOException {
        long bytes = requireFile("FILE", file);
        requireRange("--rate", megabits, 1, 10_000);
        requireRange("--congested", congestedMegabits, 0.1, megabits);
        require(
                periodSeconds == 0 || (periodSeconds >= 0.1 && periodSeconds <= 3_600),
                "--period",
                periodSeconds,
                "0, or 0.1…3600");
        requireRange("--delay", delayMillis, 0, 1_000);
        require(loss >= 0 && loss <= 0.5, "--loss", loss, "0…0.5");
        requireRange("--message", messageBytes, SMALLEST_MESSAGE, LARGEST_MESSAGE);
        return new Scenario(
                file,
                bytes,
                messageBytes,
                seed,
                megabits * BYTES_PER_MEGABIT,
                congestedMegabits * BYTES_PER_MEGABIT,
                periodSeconds,
                Duration.ofMillis(delayMillis),
                loss);
    }
}
