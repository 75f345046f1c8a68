package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.NamespaceCable;
import io.foreshard.examples.harness.Program;
import io.foreshard.examples.harness.Transports;
import io.foreshard.examples.report.ConsoleTable;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the arguments, runs the load without and with the shaper, prints the table and writes the report. */
@Command(
        name = Main.NAME,
        mixinStandardHelpOptions = true,
        version = "foreshard ingress-gateway 0.1.0",
        sortOptions = false,
        description = {
            "Runs a gateway in front of two real servers, each behind a path with a finite buffer, under uploads that fill the paths and"
                    + " small requests that are timed; one server is slow for a while. Once without and once with the flow shaper.",
            "Prints a line per second and a table, and writes a self-contained HTML report. As root, servers run in network"
                    + " namespaces behind a token bucket filter, nginx is one of them if it is installed; else relays on the"
                    + " loopback interface stand for the paths. wrk uploads if it is installed."
        })
public final class Main extends Program {

    static final String NAME = "ingress-gateway";

    private static final int SHORTEST_SECONDS = 3;
    private static final int LONGEST_SECONDS = 600;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Length of each of the two runs. Default: ${DEFAULT-VALUE} s.")
    private int seconds = 10;

    @Option(
            names = "--no-namespaces",
            description = "Relays in place of network namespaces, as it is done anyway for who is not root.")
    private boolean noNamespaces;

    @Option(names = "--seed", description = "Seed of the arrivals. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Where to write the report. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("target", "ingress-gateway.html");

    /** Made by the command line. */
    Main() {}

    /**
     * Runs the program; exits with 0 when all answers came back whole and all counts add up, 1 when not, 2 for bad arguments.
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
        List<RunResult> results = results(scenario, err());
        Comparison comparison = new Comparison(scenario, results.get(0), results.get(1));
        ReportPage.of(comparison).writeTo(report.toAbsolutePath());
        out.println();
        out.print(ConsoleTable.render(comparison.table()));
        out.println();
        comparison.verdicts().forEach(verdict -> out.println(verdict.sentence()));
        out.println(comparison.soundness());
        out.println("Report: " + report.toAbsolutePath());
        out.flush();
        return exitCode(comparison.isSound());
    }

    private static List<RunResult> results(Scenario scenario, PrintWriter live) throws IOException {
        try (Cleanup cleanup = new Cleanup(NAME)) {
            EventLoopGroup group = Transports.group(2, cleanup);
            List<Site> sites = Sites.start(scenario, Transports.nioGroup(cleanup), cleanup);
            Sight sight = Sight.open(group, sites, cleanup);
            // Not counted: after it the JVMs have compiled what counts.
            run(scenario.warmUp(), sites, sight, group, live, "warm-up", false);
            RunResult without = run(scenario, sites, sight, group, live, RunResult.label(false), false);
            RunResult with = run(scenario, sites, sight, group, live, RunResult.label(true), true);
            return List.of(without, with);
        }
    }

    private static RunResult run(
            Scenario scenario,
            List<Site> sites,
            Sight sight,
            EventLoopGroup group,
            PrintWriter live,
            String label,
            boolean shaped)
            throws IOException {
        return new Run(scenario, sites, sight, group, new LiveLines(live, label, scenario.seconds())).run(shaped);
    }

    private Scenario scenario() {
        requireRange("--seconds", seconds, SHORTEST_SECONDS, LONGEST_SECONDS);
        return new Scenario(seconds, seed, !noNamespaces && NamespaceCable.isAllowed());
    }
}
