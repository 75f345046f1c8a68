package io.foreshard.examples.sendfile;

import io.foreshard.coreapi.GateReason;
import io.foreshard.examples.report.Plot;
import io.foreshard.examples.report.Report;
import io.foreshard.examples.report.Table;
import io.foreshard.examples.sendfile.Recording.Look;
import io.foreshard.examples.sendfile.Recording.Pace;
import io.foreshard.examples.sendfile.Recording.Planned;
import io.foreshard.examples.sendfile.TransferResult.Completion;
import io.foreshard.simulator.link.CapacityTrace;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The table and the page of the main job. Pure functions of the results. */
final class ReportPage {

    private static final double MEBI = 1 << 20;
    private static final String EPISODE = "congestion";

    private ReportPage() {}

    static Table table(List<TransferResult> results, String expectedSha) {
        int tail = results.stream().mapToInt(TransferResult::tail).min().orElse(90);
        Table table = Table.columns(
                "policy",
                "p50 ms",
                "p" + tail + " ms",
                "goodput Mbit/s",
                "repaired MiB",
                "repaired %",
                "failed",
                "peak memory MiB",
                "SHA-256");
        for (TransferResult result : results) {
            table = table.row(
                    result.policy(),
                    Table.number(result.percentile(50) * 1e3, 1),
                    Table.number(result.percentile(tail) * 1e3, 1),
                    Table.number(result.goodputBytesPerSecond() * 8 / 1e6, 1),
                    Table.number(result.repairedBytes() / MEBI, 2),
                    Table.number(100.0 * result.repairedBytes() / Math.max(1, result.sentBytes()), 2),
                    Integer.toString(result.failed()),
                    Table.number(result.peakBufferBytes() / MEBI, 1),
                    result.sha256().equals(expectedSha) ? "ok" : "DIFFERS");
        }
        return table;
    }

    static Report of(Scenario scenario, List<TransferResult> results, String expectedSha) {
        Report report = Report.titled("A file through congestion")
                .subtitle(scenario.file() + ", " + scenario.messages() + " messages of " + scenario.messageBytes()
                        + " B, once per policy, seed " + scenario.seed())
                .fact(
                        "Path",
                        Table.number(scenario.capacity() * 8 / 1e6, 0) + " Mbit/s, one-way delay "
                                + scenario.oneWayDelay().toMillis() + " ms, random loss " + scenario.loss())
                .fact("Congestion", congestion(scenario))
                .fact("Offered", "60 % of the capacity, open loop: completion counts from when a message was due")
                .fact("SHA-256", expectedSha)
                .table(table(results, expectedSha));
        report = gates(report, results);
        report = report.section("Completion")
                .paragraph(
                        "Over datagrams the threshold rule is clamped to the path MTU and plans nearly what the fixed policy"
                                + " plans, so these two rows differ mostly by how busy the machine was. So may all rows while other"
                                + " programs run.");
        report = report.plot(completion(scenario, results)).plot(distribution(results));
        for (TransferResult result : results) {
            report = report.section(result.policy())
                    .paragraph(lossText(result))
                    .paragraph("The gate in the end: " + GatePage.sentence(result) + ".")
                    .plotsOnOneAxis(plots(scenario, result));
        }
        return report;
    }

    private static String congestion(Scenario scenario) {
        Scenario.Span first = scenario.episode();
        String capacity = Table.number(scenario.congested() * 8 / 1e6, 0) + " Mbit/s ";
        return scenario.isPeriodic()
                ? capacity + "in the last " + Table.number(first.to() - first.from(), 2) + " s of every "
                        + Table.number(scenario.periodSeconds(), 2) + " s"
                : capacity + "from " + Table.number(first.from(), 1) + " s to " + Table.number(first.to(), 1) + " s";
    }

    private static Report gates(Report before, List<TransferResult> results) {
        Table table = GatePage.table(results);
        if (table.rows().isEmpty()) {
            return before;
        }
        Report report = before.section("The gate between forecasts and decisions")
                .paragraph(
                        "Forecasts decide only while they prove that it pays: their error must be small, and a trial, in which"
                                + " half of the time belongs to them, must show no harm. A share of the time stays reactive even then, to"
                                + " compare with. All other rows run with the gate held shut.")
                .table(table);
        return GatePage.openSince(results)
                .map(since -> report.table(whileOpen(results, since)
                        .caption("Messages due from " + Table.number(since, 1)
                                + " s on, when the gate had opened; the same stretch of time in every row.")))
                .orElse(report.paragraph(
                        "The gate was not open in the end, so there is no stretch of time to compare in."));
    }

    /** Returns percentiles of the messages that were due after a gate had opened. */
    static Table whileOpen(List<TransferResult> results, double sinceSeconds) {
        List<TransferResult> late =
                results.stream().map(result -> result.dueFrom(sinceSeconds)).toList();
        int tail = late.stream().mapToInt(TransferResult::tail).min().orElse(90);
        Table table = Table.columns("due after the gate opened", "messages", "p50 ms", "p" + tail + " ms");
        for (TransferResult result : late) {
            table = table.row(
                    result.policy(),
                    Integer.toString(result.completions().size()),
                    Table.number(result.percentile(50) * 1e3, 1),
                    Table.number(result.percentile(tail) * 1e3, 1));
        }
        return table;
    }

    private static Plot[] plots(Scenario scenario, TransferResult result) {
        Plot capacity = capacity(scenario, result);
        Plot sizes = sizes(scenario, result);
        boolean free = GatePage.last(result)
                .filter(report -> report.reason() != GateReason.HELD_SHUT)
                .isPresent();
        return free
                ? new Plot[] {capacity, GatePage.error(result), GatePage.regret(result), sizes}
                : new Plot[] {capacity, sizes};
    }

    private static String lossText(TransferResult result) {
        return "The path's queue dropped " + result.droppedByQueue() + " datagrams and chance took "
                + result.lostByPath() + "; " + Table.number(result.repairedBytes() / MEBI, 2)
                + " MiB were sent again. Unfinished messages"
                + " took at most " + Table.number(result.peakReassemblyBytes() / MEBI, 2) + " MiB at the receiver."
                + (result.failed() == 0
                        ? ""
                        : " " + result.failed() + " messages failed, the first with: " + result.firstFailure());
    }

    private static Plot completion(Scenario scenario, List<TransferResult> results) {
        Plot plot = Plot.titled("Completion over time")
                .caption("One point per message: from when it was due until its commit was back.")
                .xLabel("due", "s")
                .yLabel("completion", "s")
                .yLogarithmic();
        plot = shaded(plot, scenario, scenario.seconds());
        for (TransferResult result : results) {
            plot = plot.points(result.policy(), dues(result), seconds(result));
        }
        return plot;
    }

    private static double[] dues(TransferResult result) {
        return result.completions().stream().mapToDouble(Completion::dueSeconds).toArray();
    }

    private static double[] seconds(TransferResult result) {
        return result.completions().stream().mapToDouble(Completion::seconds).toArray();
    }

    private static Plot distribution(List<TransferResult> results) {
        Plot plot = Plot.titled("Distribution of completion")
                .xLabel("completion", "s")
                .yLabel("share of messages")
                .xLogarithmic();
        for (TransferResult result : results) {
            plot = plot.ecdf(result.policy(), seconds(result));
        }
        return plot;
    }

    private static Plot capacity(Scenario scenario, TransferResult result) {
        List<Look> looks = result.recording().looks();
        List<Pace> paces = result.recording().paces();
        double end = paces.isEmpty()
                ? scenario.seconds()
                : paces.get(paces.size() - 1).atSeconds();
        double[] times = looks.stream().mapToDouble(Look::atSeconds).toArray();
        return Plot.titled("Path capacity, its forecast, and the pace chosen")
                .caption(
                        "The forecast is of two round trips ahead, its band from the 10 % to the 90 % quantile; observed is what"
                                + " acknowledgements showed. What exceeds twice the capacity is cut off.")
                .xLabel("time", "s")
                .yLabel("rate", "B/s")
                .yRange(0, 2 * scenario.capacity())
                .band(
                        "forecast",
                        times,
                        of(looks, look -> look.outlook().bandwidthLowBytesPerSecond()),
                        of(looks, look -> look.outlook().bandwidthHighBytesPerSecond()))
                .line("forecast", times, of(looks, look -> look.outlook().bandwidthBytesPerSecond()))
                .points("observed", times, of(looks, Look::observed))
                .steps("capacity of the path", traceTimes(scenario, end), traceRates(scenario, end))
                .line(
                        "pace",
                        paces.stream().mapToDouble(Pace::atSeconds).toArray(),
                        paces.stream().mapToDouble(Pace::bytesPerSecond).toArray());
    }

    private static double[] of(List<Look> looks, ToDoubleFunction<Look> value) {
        return looks.stream().mapToDouble(value).toArray();
    }

    private static Plot shaded(Plot plot, Scenario scenario, double end) {
        Plot shaded = plot;
        for (Scenario.Span episode : scenario.episodesUntil(end)) {
            shaded = shaded.shade(EPISODE, episode.from(), Math.min(end, episode.to()));
        }
        return shaded;
    }

    private static double[] traceTimes(Scenario scenario, double end) {
        return DoubleStream.concat(
                        DoubleStream.concat(
                                DoubleStream.of(0),
                                scenario.episodesUntil(end).stream()
                                        .flatMapToDouble(episode -> DoubleStream.of(episode.from(), episode.to()))),
                        DoubleStream.of(end))
                .filter(time -> time <= end)
                .toArray();
    }

    private static double[] traceRates(Scenario scenario, double end) {
        CapacityTrace trace = scenario.trace();
        return Arrays.stream(traceTimes(scenario, end))
                .map(time -> trace.bytesPerSecondAt((long) (time * 1e9) + 1))
                .toArray();
    }

    private static Plot sizes(Scenario scenario, TransferResult result) {
        List<Planned> plans = result.recording().plans();
        List<Look> looks = result.recording().looks();
        Plot plot = Plot.titled("Shard size chosen, and congestion level")
                .caption("The congestion level (0 to 1) is drawn in units of the largest shard.")
                .xLabel("time", "s")
                .yLabel("shard", "B");
        return shaded(plot, scenario, scenario.seconds())
                .points(
                        "shard size",
                        plans.stream().mapToDouble(Planned::atSeconds).toArray(),
                        plans.stream().mapToDouble(Planned::shardBytes).toArray())
                .line(
                        "congestion level",
                        looks.stream().mapToDouble(Look::atSeconds).toArray(),
                        of(looks, look -> look.outlook().congestionLevel() * largest(plans)));
    }

    private static double largest(List<Planned> plans) {
        return plans.stream().mapToDouble(Planned::shardBytes).max().orElse(1);
    }
}
