package io.foreshard.examples.bonded;

import io.foreshard.examples.harness.NamespaceCable;
import io.foreshard.examples.harness.Program;
import io.foreshard.examples.report.ConsoleTable;
import io.foreshard.examples.report.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the arguments, runs the download, compares digests and writes the report. */
@Command(
        name = Main.NAME,
        mixinStandardHelpOptions = true,
        version = "foreshard bonded-proxy 0.1.0",
        sortOptions = false,
        description = {
            "Downloads a real file from a real HTTP server over three relays at once. One relay becomes slow, one is killed half-way and"
                    + " started again; the SHA-256 of what came is compared.",
            "Prints a line per second and writes a self-contained HTML report. As root, relays are processes in network namespaces"
                    + " behind token bucket filters; else they stand behind rate limits on the loopback interface."
        })
public final class Main extends Program {

    static final String NAME = "bonded-proxy";

    private static final double BYTES_PER_MEGABIT = 125_000;
    private static final int LEAST_MEGABITS = 1;
    private static final int MOST_MEGABITS = 1_000;
    private static final int MOST_MEBIBYTES = 16 << 10;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "What to download. Default: the class library of the running JVM.")
    private Path file = Path.of(System.getProperty("java.home"), "lib", "modules");

    @Option(names = "--most", paramLabel = "MIB", description = "So much of it at most. Default: ${DEFAULT-VALUE} MiB.")
    private int mostMebibytes = 64;

    @Option(
            names = "--rate",
            paramLabel = "MBIT",
            description = "What each relay passes. Default: ${DEFAULT-VALUE} Mbit/s.")
    private double megabits = 10;

    @Option(
            names = "--no-namespaces",
            description =
                    "The loopback interface in place of network namespaces, as it is done anyway for who is not root.")
    private boolean noNamespaces;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Where to write the report. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("target", "bonded-proxy.html");

    /** Made by the command line. */
    Main() {}

    /**
     * Runs the program; exits with 0 when what came is what was served, 1 when not, 2 for bad arguments.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        new Main().runAsMain(arguments);
    }

    @Override
    public Integer call() throws IOException {
        Scenario scenario = scenario();
        PrintWriter out = out();
        LiveLines live = new LiveLines(err(), scenario.bytes());
        Outcome outcome = new Run(scenario, live).run();
        ReportPage.of(scenario, outcome).writeTo(report.toAbsolutePath());
        out.println();
        out.print(ConsoleTable.render(ReportPage.table(outcome)));
        out.println();
        out.println("Took " + Table.number(outcome.seconds(), 1) + " s; one relay alone would have taken "
                + Table.number((double) scenario.bytes() / scenario.bytesPerSecond(), 1) + " s.");
        if (!outcome.happened()) {
            out.println("The download ended before all was done to the relays that should be.");
        }
        out.println(
                outcome.isWhole()
                        ? "SHA-256 verified: " + outcome.expected()
                        : "SHA-256 DIFFERS: " + outcome.received() + " in place of " + outcome.expected());
        out.println("Report: " + report.toAbsolutePath());
        out.flush();
        return exitCode(outcome.isWhole());
    }

    private Scenario scenario() throws IOException {
        long bytes = requireFile("--file", file);
        requireRange("--most", mostMebibytes, 1, MOST_MEBIBYTES);
        requireRange("--rate", megabits, LEAST_MEGABITS, MOST_MEGABITS);
        return new Scenario(
                file,
                Math.min(bytes, (long) mostMebibytes << 20),
                (long) (megabits * BYTES_PER_MEGABIT),
                !noNamespaces && NamespaceCable.isAllowed());
    }
}
