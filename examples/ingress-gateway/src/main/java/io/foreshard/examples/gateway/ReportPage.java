package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Transports;
import io.foreshard.examples.report.Plot;
import io.foreshard.examples.report.Report;
import io.foreshard.examples.report.Table;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The report of both runs. Stateless. */
final class ReportPage {

    private static final String SLOW = "server slow";
    private static final double LEAST_SHOWN_SECONDS = 0.002;

    private ReportPage() {}

    static Report of(Comparison comparison) {
        Scenario scenario = comparison.scenario();
        Report page = Report.titled("An ingress gateway without and with the flow shaper")
                .subtitle(subtitle(scenario));
        for (Verdict verdict : comparison.verdicts()) {
            page = page.fact(
                    verdict.name() + ": p" + verdict.tail() + " of small requests",
                    "× " + Table.number(verdict.tailRatio(), 2));
            page = page.fact(verdict.name() + ": uploads", "× " + Table.number(verdict.uploadRatio(), 2));
        }
        page = page.section("Did it help?");
        for (Verdict verdict : comparison.verdicts()) {
            page = page.paragraph(verdict.sentence());
        }
        page = page.paragraph(comparison.soundness())
                .paragraph(setting(scenario, comparison))
                .table(comparison.table().caption("Without and with the shaper"))
                .paragraph(
                        "p50 to p99 are of small requests, from when they were due; late are those without a whole answer within "
                                + Table.number(Scenario.DEADLINE_SECONDS, 0)
                                + " s. MB/s is goodput: uploads that were taken, and answers in time. Path is the mean time in the path's own queue,"
                                + " dropped are packets for which its buffer had no room.");
        for (int index = 0; index < comparison.without().sites().size(); index++) {
            page = site(
                    page,
                    scenario,
                    comparison.without().sites().get(index),
                    comparison.with().sites().get(index));
        }
        return counted(page, comparison.with().reasons());
    }

    private static String subtitle(Scenario scenario) {
        return (scenario.namespaces()
                        ? "network namespaces behind token bucket filters"
                        : "relays on the loopback interface")
                + ", " + Transports.name() + ", 2 × " + scenario.seconds() + " s, seed " + scenario.seed();
    }

    private static String setting(Scenario scenario, Comparison comparison) {
        String uploader = comparison.without().sites().get(0).uploads().client();
        return "Each server stands behind a path of "
                + Table.number(scenario.pathBytesPerSecond() * 8 / 1e6, 0)
                + " Mbit/s with a buffer of " + scenario.bufferBytes() / 1_000 + " kB. " + Scenario.UPLOADERS
                + " clients (" + uploader + ") upload files of " + Content.UPLOAD_BYTES / 1_024
                + " KiB on average to each, one after the other, and "
                + Table.number(Scenario.ITEMS_PER_SECOND, 0)
                + " small requests per second come at random times, whatever became of those before. From "
                + Table.number(scenario.slowFromSeconds(), 1) + " s to "
                + Table.number(scenario.slowToSeconds(), 1)
                + " s the JDK server takes " + Table.number(Scenario.SLOWNESS, 0)
                + " times as long for everything. The shaper runs with its defaults"
                + (scenario.namespaces()
                        ? ""
                        : " but for a target of " + Scenario.RELAY_TARGET.toMillis() + " ms, as relays are coarse,")
                + " and sees the time that "
                + (scenario.namespaces() ? "a connection takes to open" : "a small request takes")
                + ", every 20 ms, and the load that servers report. The run without it comes first.";
    }

    private static Report site(Report page, Scenario scenario, SiteResult without, SiteResult with) {
        Report longer = page.section(without.name())
                .plotsOnOneAxis(
                        latency(scenario, without, with),
                        queue(scenario, without, with),
                        rate(scenario, without, with),
                        waiting(scenario, without, with),
                        load(scenario, without, with))
                .plot(distribution(without, with));
        return decisions(longer, with);
    }

    private static Plot titled(Scenario scenario, SiteResult site, String title) {
        Plot plot = Plot.titled(title).xLabel("time", "s");
        return site.slows() ? plot.shade(SLOW, scenario.slowFromSeconds(), scenario.slowToSeconds()) : plot;
    }

    private static Plot latency(Scenario scenario, SiteResult without, SiteResult with) {
        return points(points(titled(scenario, without, "Small requests over time"), without, false), with, true)
                .caption("One point per request, from when it was due until its answer was there.")
                .yLabel("latency", "s")
                .yLogarithmic()
                .yRange(LEAST_SHOWN_SECONDS, Scenario.PATIENCE_SECONDS);
    }

    private static Plot points(Plot plot, SiteResult site, boolean shaped) {
        return plot.points(
                RunResult.label(shaped),
                site.answers().stream().mapToDouble(Answer::dueSeconds).toArray(),
                latencies(site));
    }

    private static double[] latencies(SiteResult site) {
        return site.answers().stream().mapToDouble(Answer::seconds).toArray();
    }

    private static Plot distribution(SiteResult without, SiteResult with) {
        return Plot.titled("Percentiles of small requests")
                .xLabel("share of requests")
                .yLabel("latency", "s")
                .yLogarithmic()
                .yRange(LEAST_SHOWN_SECONDS, Scenario.PATIENCE_SECONDS)
                .percentiles(RunResult.label(false), latencies(without))
                .percentiles(RunResult.label(true), latencies(with));
    }

    private static Plot queue(Scenario scenario, SiteResult without, SiteResult with) {
        return both(titled(scenario, without, "Queue of the path"), without, with, Look::queueSeconds)
                .caption("Latency of the path above its least, as probes saw it.")
                .yLabel("delay", "s");
    }

    private static Plot rate(Scenario scenario, SiteResult without, SiteResult with) {
        return titled(scenario, without, "Sent to the server")
                .line(RunResult.label(false), times(without), smooth(without))
                .line(RunResult.label(true), times(with), smooth(with))
                .steps("limit of the shaper", times(with), of(with, Look::limitBytesPerSecond))
                .caption(
                        "What the gateway wrote to sockets, over half a second, and what the shaper allowed; gaps are times without a limit.")
                .yLabel("rate", "B/s")
                .yRange(0, 2.0 * scenario.pathBytesPerSecond());
    }

    /** Over less than this, the rate is that of single files. */
    private static double[] smooth(SiteResult site) {
        List<Look> looks = site.looks();
        return IntStream.range(0, looks.size())
                .mapToDouble(index -> LiveLines.mean(
                        looks.subList(Math.max(0, index + 1 - Run.LOOKS_PER_SECOND / 2), index + 1),
                        Look::bytesPerSecond))
                .toArray();
    }

    private static Plot waiting(Scenario scenario, SiteResult without, SiteResult with) {
        return both(titled(scenario, without, "Waits in the gateway"), without, with, look ->
                        (double) look.waitingBytes())
                .yLabel("bytes", "B");
    }

    private static Plot load(Scenario scenario, SiteResult without, SiteResult with) {
        return both(titled(scenario, without, "Load of the server"), without, with, Look::load)
                .yLabel("load")
                .yRange(0, 1.05);
    }

    private static Plot both(Plot plot, SiteResult without, SiteResult with, ToDoubleFunction<Look> value) {
        return plot.line(RunResult.label(false), times(without), of(without, value))
                .line(RunResult.label(true), times(with), of(with, value));
    }

    private static double[] times(SiteResult site) {
        return of(site, Look::atSeconds);
    }

    private static double[] of(SiteResult site, ToDoubleFunction<Look> value) {
        return site.looks().stream().mapToDouble(value).toArray();
    }

    private static Report decisions(Report page, SiteResult with) {
        List<Decisions.Decision> decisions = Decisions.of(with.looks());
        if (decisions.isEmpty()) {
            return page.paragraph("The shaper saw nothing to limit here: packets passed as they were.");
        }
        Table table = Table.columns("at s", "limit", "what it saw");
        for (Decisions.Decision decision : decisions.subList(0, Math.min(Decisions.MOST, decisions.size()))) {
            table = table.row(Table.number(decision.atSeconds(), 2), decision.what(), decision.why());
        }
        int more = decisions.size() - Decisions.MOST;
        return page.table(table.caption("What the shaper decided: the limit set, lifted, or changed by 30 % or more"
                + (more > 0 ? "; the first " + Decisions.MOST + " of " + decisions.size() + " changes." : ".")));
    }

    private static Report counted(Report page, Map<ShaperReason, Long> reasons) {
        Report longer = page.section("What the shaper counted");
        if (reasons.isEmpty()) {
            return longer.paragraph("Nothing: no packet was dropped or refused, and nobody was asked to pause.");
        }
        Table table = Table.columns("reason", "times", "what to do about it");
        for (Map.Entry<ShaperReason, Long> reason : reasons.entrySet()) {
            table = table.row(
                    reason.getKey().name(),
                    Long.toString(reason.getValue()),
                    reason.getKey().operatorAction());
        }
        return longer.table(table);
    }
}
