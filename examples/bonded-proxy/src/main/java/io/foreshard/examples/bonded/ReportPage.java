package io.foreshard.examples.bonded;

import io.foreshard.examples.harness.Transports;
import io.foreshard.examples.report.Plot;
import io.foreshard.examples.report.Report;
import io.foreshard.examples.report.Table;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The report of a download. Stateless. */
final class ReportPage {

    /** Over less than this, a rate is that of single reads. */
    private static final int LOOKS_PER_RATE = 5;

    private ReportPage() {}

    static Report of(Scenario scenario, Outcome outcome) {
        return Report.titled("One download over three relays")
                .subtitle((scenario.namespaces()
                                ? "relays in network namespaces behind token bucket filters"
                                : "relays behind rate limits on the loopback interface")
                        + ", " + Transports.name())
                .fact("SHA-256", outcome.isWhole() ? "equal" : "DIFFERS")
                .fact("took", Table.number(outcome.seconds(), 1) + " s")
                .fact("goodput", Table.number(scenario.bytes() / outcome.seconds() / 1e6, 2) + " MB/s")
                .fact("one relay passes", Table.number(scenario.bytesPerSecond() / 1e6, 2) + " MB/s")
                .section("Shares over time")
                .paragraph("An HTTP client downloads " + Table.number(scenario.bytes() / 1e6, 1) + " MB of "
                        + scenario.file().getFileName()
                        + " through ingress, three relays and egress. Each relay passes "
                        + Table.number(scenario.bytesPerSecond() / 1e6, 2) + " MB/s. After "
                        + Table.number(scenario.slowSeconds(), 1)
                        + " s " + Run.name(Scenario.SLOWED) + " passes a quarter of that; after "
                        + Table.number(scenario.killSeconds(), 1) + " s " + Run.name(Scenario.KILLED)
                        + " is killed"
                        + (outcome.happened()
                                ? ", and back after " + Table.number(outcome.backSeconds(), 1) + " s."
                                : "."))
                .plotsOnOneAxis(rates(scenario, outcome), shares(scenario, outcome), progress(scenario, outcome))
                .table(table(outcome).caption("What came over each relay"));
    }

    private static Plot titled(Scenario scenario, Outcome outcome, String title) {
        double end = outcome.seconds();
        return Plot.titled(title)
                .xLabel("time", "s")
                .shade(Run.name(Scenario.SLOWED) + " is slow", scenario.slowSeconds(), end)
                .shade(Run.name(Scenario.KILLED) + " is dead", scenario.killSeconds(), outcome.backSeconds());
    }

    private static Plot rates(Scenario scenario, Outcome outcome) {
        Plot plot = titled(scenario, outcome, "Throughput of each relay")
                .yLabel("rate", "B/s")
                .level("what a relay passes", (double) scenario.bytesPerSecond());
        for (int relay = 0; relay < Scenario.RELAYS; relay++) {
            int which = relay;
            plot = plot.line(Run.name(relay), times(outcome), rates(outcome.looks(), look ->
                    (double) look.relayBytes().get(which)));
        }
        return plot;
    }

    private static Plot shares(Scenario scenario, Outcome outcome) {
        Plot plot = titled(scenario, outcome, "Bytes over each relay").yLabel("bytes", "B");
        for (int relay = 0; relay < Scenario.RELAYS; relay++) {
            int which = relay;
            plot = plot.line(Run.name(relay), times(outcome), of(outcome, look ->
                    (double) look.relayBytes().get(which)));
        }
        return plot;
    }

    private static Plot progress(Scenario scenario, Outcome outcome) {
        return titled(scenario, outcome, "What the client gets")
                .yLabel("rate", "B/s")
                .line("goodput", times(outcome), rates(outcome.looks(), look -> (double) look.bytes()));
    }

    private static double[] times(Outcome outcome) {
        return of(outcome, Look::seconds);
    }

    private static double[] of(Outcome outcome, ToDoubleFunction<Look> value) {
        return outcome.looks().stream().mapToDouble(value).toArray();
    }

    private static double[] rates(List<Look> looks, ToDoubleFunction<Look> bytes) {
        return IntStream.range(0, looks.size())
                .mapToDouble(index -> {
                    Look to = looks.get(index);
                    Look from = looks.get(Math.max(0, index - LOOKS_PER_RATE));
                    double seconds = to.seconds() - from.seconds();
                    return seconds > 0 ? (bytes.applyAsDouble(to) - bytes.applyAsDouble(from)) / seconds : 0;
                })
                .toArray();
    }

    static Table table(Outcome outcome) {
        Table table = Table.columns("relay", "MB", "share %");
        List<Long> bytes = outcome.last().relayBytes();
        double all = Math.max(1, bytes.stream().mapToLong(Long::longValue).sum());
        for (int relay = 0; relay < Scenario.RELAYS; relay++) {
            table = table.row(
                    Run.name(relay),
                    Table.number(bytes.get(relay) / 1e6, 2),
                    Table.number(100 * bytes.get(relay) / all, 1));
        }
        return table;
    }
}
