package io.foreshard.examples.sendfile;

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
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The table and the page of the main job. Pure functions of the results. */
final class ReportPage {

    private static final double MEBI = 1 << 20;
    private static final String EPISODE = "congestion episode";

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
                    number(result.percentile(50) * 1e3, 1),
                    number(result.percentile(tail) * 1e3, 1),
                    number(result.goodputBytesPerSecond() * 8 / 1e6, 1),
                    number(result.repairedBytes() / MEBI, 2),
                    number(100.0 * result.repairedBytes() / Math.max(1, result.sentBytes()), 2),
                    Integer.toString(result.failed()),
                    number(result.peakBufferBytes() / MEBI, 1),
                    result.sha256().equals(expectedSha) ? "ok" : "DIFFERS");
        }
        return table;
    }

    private static String number(double value, int digits) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    static Report of(Scenario scenario, List<TransferResult> results, String expectedSha) {
        Report report = Report.titled("A file through a congestion episode")
                .subtitle(scenario.file() + ", " + scenario.messages() + " messages of " + scenario.messageBytes()
                        + " B, once per policy, seed " + scenario.seed())
                .fact(
                        "Path",
                        number(scenario.capacity() * 8 / 1e6, 0) + " Mbit/s, one-way delay "
                                + scenario.oneWayDelay().toMillis() + " ms, random loss " + scenario.loss())
                .fact(
                        "Episode",
                        number(scenario.congested() * 8 / 1e6, 0) + " Mbit/s from " + number(scenario.episodeStart(), 1)
                                + " s to " + number(scenario.episodeEnd(), 1) + " s")
                .fact("Offered", "60 % of the capacity, open loop: completion counts from when a message was due")
                .fact("SHA-256", expectedSha)
                .table(table(results, expectedSha))
                .section("Completion")
                .paragraph(
                        "Over datagrams the threshold rule is clamped to the path MTU and plans nearly what the fixed policy"
                                + " plans, so the rows differ mostly by how busy the machine was; over a stream they differ in size.");
        report = report.plot(completion(scenario, results)).plot(distribution(results));
        for (TransferResult result : results) {
            report = report.section(result.policy())
                    .paragraph(lossText(result))
                    .plotsOnOneAxis(capacity(scenario, result), sizes(scenario, result));
        }
        return report;
    }

    private static String lossText(TransferResult result) {
        return "The path's queue dropped " + result.droppedByQueue() + " datagrams and chance took "
                + result.lostByPath() + "; " + number(result.repairedBytes() / MEBI, 2)
                + " MiB were sent again. Unfinished messages"
                + " took at most " + number(result.peakReassemblyBytes() / MEBI, 2) + " MiB at the receiver.";
    }

    private static Plot completion(Scenario scenario, List<TransferResult> results) {
        Plot plot = Plot.titled("Completion over time")
                .caption("One point per message: from when it was due until its commit was back.")
                .xLabel("due", "s")
                .yLabel("completion", "s")
                .yLogarithmic()
                .shade(EPISODE, scenario.episodeStart(), scenario.episodeEnd());
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
                .caption("The band is the forecast's 10 % to 90 % quantile for the next planning interval.")
                .xLabel("time", "s")
                .yLabel("rate", "B/s")
                .shade(EPISODE, scenario.episodeStart(), scenario.episodeEnd())
                .band(
                        "forecast",
                        times,
                        of(looks, look -> look.outlook().bandwidthLowBytesPerSecond()),
                        of(looks, look -> look.outlook().bandwidthHighBytesPerSecond()))
                .line("forecast", times, of(looks, look -> look.outlook().bandwidthBytesPerSecond()))
                .steps("capacity of the path", traceTimes(scenario.trace(), end), traceRates(scenario.trace()))
                .line(
                        "pace",
                        paces.stream().mapToDouble(Pace::atSeconds).toArray(),
                        paces.stream().mapToDouble(Pace::bytesPerSecond).toArray());
    }

    private static double[] of(List<Look> looks, ToDoubleFunction<Look> value) {
        return looks.stream().mapToDouble(value).toArray();
    }

    private static double[] traceTimes(CapacityTrace trace, double end) {
        double[] times = trace.steps().stream()
                .mapToDouble(step -> step.startNanos() / 1e9)
                .toArray();
        double[] withEnd = Arrays.copyOf(times, times.length + 1);
        withEnd[times.length] = Math.max(end, times[times.length - 1]);
        return withEnd;
    }

    private static double[] traceRates(CapacityTrace trace) {
        double[] rates = trace.steps().stream()
                .mapToDouble(CapacityTrace.Step::bytesPerSecond)
                .toArray();
        double[] withEnd = Arrays.copyOf(rates, rates.length + 1);
        withEnd[rates.length] = rates[rates.length - 1];
        return withEnd;
    }

    private static Plot sizes(Scenario scenario, TransferResult result) {
        List<Planned> plans = result.recording().plans();
        List<Look> looks = result.recording().looks();
        return Plot.titled("Shard size chosen, and congestion level")
                .caption("The congestion level (0 to 1) is drawn in units of the largest shard.")
                .xLabel("time", "s")
                .yLabel("shard", "B")
                .shade(EPISODE, scenario.episodeStart(), scenario.episodeEnd())
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
