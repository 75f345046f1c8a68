package io.foreshard.examples.sendfile;

import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;
import io.foreshard.examples.report.Plot;
import io.foreshard.examples.report.Table;
import io.foreshard.examples.sendfile.Recording.Gated;
import io.foreshard.shardcodec.spi.ShardPlan;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What tables and plots say of the gate between forecasts and decisions. Pure functions of the results. */
final class GatePage {

    /** As documented in docs/packet-sharding.md. */
    private static final double OPENS_BELOW = 0.7;

    private static final double SHUTS_ABOVE = 0.9;

    private GatePage() {}

    /** Returns the state of a result's gate at its end. */
    static Optional<GateReport> last(TransferResult result) {
        List<Gated> gates = result.recording().gates();
        return gates.isEmpty()
                ? Optional.empty()
                : Optional.of(gates.get(gates.size() - 1).report());
    }

    /** Returns the gate's state at the end, and the numbers that it rests on, in one line. */
    static String sentence(TransferResult result) {
        return last(result).map(GatePage::sentence).orElse("no gate");
    }

    private static String sentence(GateReport report) {
        String words = GateSpans.words(report.reason());
        String error = "error " + Table.number(report.scaledError(), 2) + " of the naive forecast's";
        return switch (report.reason()) {
            case LEARNING, HELD_SHUT -> words;
            case NO_SKILL -> words + ", " + error + " (opens at " + OPENS_BELOW + ", shuts above " + SHUTS_ABOVE + ")";
            case ON_TRIAL -> words + ", " + error + ", " + pairs(report);
            case PROVEN, REGRET -> words + ", " + error + ", regret " + regret(report) + ", " + pairs(report);
        };
    }

    private static String regret(GateReport report) {
        return Table.number(report.regret(), 2) + " ± " + Table.number(report.regretError(), 2);
    }

    private static String pairs(GateReport report) {
        return report.pairs() + " pairs of slots compared";
    }

    /** Returns a row for each result whose gate was free. */
    static Table table(List<TransferResult> results) {
        Table table = Table.columns(
                        "policy", "gate in the end", "open", "scaled error", "regret (log)", "pairs", "plans p : r")
                .caption(
                        "p: predictive, r: reactive. Only pairs of slots in which prediction decides otherwise are compared.");
        for (TransferResult result : results) {
            Optional<GateReport> last = last(result);
            if (last.isPresent() && last.get().reason() != GateReason.HELD_SHUT) {
                table = row(table, result, last.get());
            }
        }
        return table;
    }

    private static Table row(Table table, TransferResult result, GateReport report) {
        long predictive = result.recording().plans().stream()
                .filter(plan -> plan.cause() == ShardPlan.Cause.COMPLETION_TIME)
                .count();
        return table.row(
                result.policy(),
                GateSpans.words(report.reason()),
                Table.number(GateSpans.openSeconds(result.recording().gates()), 1) + " s",
                Table.number(report.scaledError(), 2),
                Double.isNaN(report.regret()) ? "–" : regret(report),
                String.valueOf(report.pairs()),
                predictive + " : " + (result.recording().plans().size() - predictive));
    }

    /** Returns when the first gate that was open in the end had opened, in seconds. */
    static Optional<Double> openSince(List<TransferResult> results) {
        for (TransferResult result : results) {
            List<GateSpans.Span> spans = GateSpans.of(result.recording().gates());
            if (!spans.isEmpty() && spans.get(spans.size() - 1).reason().isOpen()) {
                return Optional.of(spans.get(spans.size() - 1).from());
            }
        }
        return Optional.empty();
    }

    /** Shades when the gate let forecasts decide. */
    static Plot shaded(Plot plot, TransferResult result) {
        Plot shaded = plot;
        for (GateSpans.Span span : GateSpans.of(result.recording().gates())) {
            if (span.reason().isOpen() || span.reason() == GateReason.ON_TRIAL) {
                shaded = shaded.shade(span.reason().isOpen() ? "gate open" : "gate on trial", span.from(), span.to());
            }
        }
        return shaded;
    }

    /** Returns the error that opens and shuts the gate, over time. */
    static Plot error(TransferResult result) {
        List<Gated> gates = result.recording().gates();
        Plot plot = Plot.titled("Error of the forecasts, and the gate")
                .caption("In units of the naive forecast's error, over the next ten planning intervals.")
                .xLabel("time", "s")
                .yLabel("scaled error")
                .yRange(0, 1.5);
        return shaded(plot, result)
                .level("opens at or below", OPENS_BELOW)
                .level("shuts above", SHUTS_ABOVE)
                .line("scaled error", times(gates), of(gates, GateReport::scaledError));
    }

    /** Returns how predictive slots compare with reactive ones, over time. */
    static Plot regret(TransferResult result) {
        List<Gated> gates = result.recording().gates();
        Plot plot = Plot.titled("Regret")
                .caption(
                        "By how much more predictive slots cost than the reactive ones beside them, in log completion time; below 0 prediction pays."
                                + " The band is two standard errors.")
                .xLabel("time", "s")
                .yLabel("regret")
                .level("no difference", 0);
        return shaded(plot, result)
                .band(
                        "regret",
                        times(gates),
                        of(gates, report -> report.regret() - 2 * report.regretError()),
                        of(gates, report -> report.regret() + 2 * report.regretError()))
                .line("regret", times(gates), of(gates, GateReport::regret));
    }

    private static double[] times(List<Gated> gates) {
        return gates.stream().mapToDouble(Gated::atSeconds).toArray();
    }

    private static double[] of(List<Gated> gates, ToDoubleFunction<GateReport> value) {
        return gates.stream()
                .mapToDouble(each -> value.applyAsDouble(each.report()))
                .toArray();
    }
}
