package io.foreshard.examples.stacks;

import io.foreshard.examples.report.Plot;
import io.foreshard.examples.report.Report;
import io.foreshard.examples.report.Table;
import io.foreshard.examples.stacks.capture.Protocol;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The report of a replay. Stateless. */
final class ReportPage {

    private static final String TIME = "seconds of the replay";

    /** More stacks than these are not told apart. */
    private static final double MOST_SHOWN = 6;

    private ReportPage() {}

    static Report of(Settings settings, Quarters quarters, List<Outcome> outcomes, String verdict) {
        Timetable timetable = settings.timetable();
        Report report = Report.titled("Stacks before their messages")
                .subtitle(timetable.days() + " days of " + Timetable.DAY_MILLIS / 60_000 + " minutes, after "
                        + timetable.learnDays() + " to learn from; the replay runs " + settings.speed()
                        + " times as fast as the clock on the wall");
        for (Outcome each : outcomes) {
            report =
                    report.fact(each.policy().words() + ": messages that had to wait for a stack", "" + each.exposed());
        }
        return report.paragraph(verdict)
                .table(table(outcomes))
                .section("What is replayed")
                .paragraph("Recorded are the messages and the time between them inside of a capture: "
                        + settings.sources()
                        + ". When a capture is replayed is a timetable of this program: 24 clients ask for names in the morning of each day and"
                        + " 8 routers begin their sessions anew in its afternoon, a few seconds earlier or later each day."
                        + (timetable.days() < 3
                                ? ""
                                : " On day " + (timetable.days() / 2 + 1)
                                        + " ten times as many clients ask at a time when nobody did before, and on the last day everything comes at"
                                        + " times drawn by lot."))
                .paragraph(quarters.words() + " A stack works " + Table.number(settings.workMicros() / 1000.0, 1)
                        + " ms on each message. All times but these are of the replay: a start takes "
                        + Table.number(quarters.startMillis() * settings.speed() / 1000, 1) + " s of it.")
                .section("Demand")
                .paragraph(
                        "Demand is how many stacks the messages of each second needed at a time. The band is what was foretold for the time"
                                + " that a start takes and a second more: as many are needed with a probability of 9 in 10 (below) and 1 in 10 (above).")
                .plotsOnOneAxis(
                        demand(settings, predictive(outcomes), Protocol.DNS),
                        demand(settings, predictive(outcomes), Protocol.BGP))
                .section("Stacks by readiness")
                .plotsOnOneAxis(
                        outcomes.stream().map(each -> stacks(settings, each)).toArray(Plot[]::new))
                .section("What it cost")
                .plotsOnOneAxis(
                        compare(
                                settings,
                                outcomes,
                                "Messages that had to wait for a stack, so far",
                                "messages",
                                each -> each.sum(KindSample::exposed)),
                        compare(
                                settings,
                                outcomes,
                                "Messages that wait",
                                "messages",
                                each -> each.sum(KindSample::waiting)),
                        compare(settings, outcomes, "Memory-time so far", "MB s", Sample::megabyteSeconds),
                        compare(settings, outcomes, "Memory", "MB", each -> each.sum(KindSample::megabytes)))
                .plot(waits(outcomes))
                .section("Last plans, explained")
                .table(plans(outcomes));
    }

    private static Outcome predictive(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(each -> each.policy() == Policy.PREDICTIVE)
                .findFirst()
                .orElseThrow();
    }

    private static double[] of(Outcome outcome, ToDoubleFunction<Sample> value) {
        return outcome.samples().stream().mapToDouble(value).toArray();
    }

    private static Plot shaded(Settings settings, Plot plot) {
        Timetable timetable = settings.timetable();
        Plot shaded = plot;
        for (int day = 0; day < timetable.days(); day++) {
            double begin = day * Timetable.DAY_MILLIS / 1000.0;
            shaded = switch (timetable.kind(day)) {
                case USUAL -> shaded;
                case CROWDED ->
                    shaded.shade(
                            Timetable.Day.CROWDED.words(),
                            begin + Timetable.CROWD_AT_MILLIS / 1000.0,
                            begin + Timetable.DAY_MILLIS / 1000.0);
                case RANDOM -> shaded.shade(Timetable.Day.RANDOM.words(), begin, begin + Timetable.DAY_MILLIS / 1000.0);
            };
        }
        return shaded;
    }

    private static Plot demand(Settings settings, Outcome outcome, Protocol protocol) {
        double[] seconds = of(outcome, Sample::seconds);
        int most = outcome.samples().stream()
                .mapToInt(each -> each.of(protocol).needed())
                .max()
                .orElse(0);
        return shaded(
                        settings,
                        Plot.titled("Stacks needed for " + protocol)
                                .xLabel(TIME)
                                .yLabel("stacks"))
                .band(
                        "foretold",
                        seconds,
                        of(outcome, each -> each.of(protocol).low()),
                        of(outcome, each -> each.of(protocol).high()))
                .steps("needed", seconds, of(outcome, each -> each.of(protocol).needed()))
                .yRange(0, MOST_SHOWN)
                .caption("At most, " + most + " were needed at a time.");
    }

    private static Plot stacks(Settings settings, Outcome outcome) {
        double[] seconds = of(outcome, Sample::seconds);
        return shaded(
                        settings,
                        Plot.titled("Stacks, " + outcome.policy().words())
                                .xLabel(TIME)
                                .yLabel("stacks"))
                .steps("running", seconds, of(outcome, each -> each.sum(KindSample::running)))
                .steps("starting", seconds, of(outcome, each -> each.sum(KindSample::starting)))
                .steps("frozen", seconds, of(outcome, each -> each.sum(KindSample::frozen)))
                .steps("created", seconds, of(outcome, each -> each.sum(KindSample::created)))
                .steps("on their way out", seconds, of(outcome, each -> each.sum(KindSample::rests)));
    }

    private static Plot compare(
            Settings settings, List<Outcome> outcomes, String title, String unit, ToDoubleFunction<Sample> value) {
        Plot plot = shaded(settings, Plot.titled(title).xLabel(TIME).yLabel(unit));
        for (Outcome each : outcomes) {
            plot = plot.line(each.policy().words(), of(each, Sample::seconds), of(each, value));
        }
        return plot;
    }

    private static Plot waits(List<Outcome> outcomes) {
        Plot plot = Plot.titled("How long answers took").yLabel("seconds of the replay");
        for (Outcome each : outcomes) {
            plot = plot.percentiles(each.policy().words(), each.waits().seconds());
        }
        return plot;
    }

    static Table table(List<Outcome> outcomes) {
        String[] heads = Stream.concat(
                        Stream.of(""),
                        outcomes.stream().map(each -> each.policy().words()))
                .toArray(String[]::new);
        Table table = row(Table.columns(heads), outcomes, "messages", each -> "" + each.sent());
        table = row(table, outcomes, "had to wait for a stack", each -> "" + each.exposed());
        for (Timetable.Day day : Timetable.Day.values()) {
            if (outcomes.stream().anyMatch(each -> each.exposedOn().containsKey(day))) {
                table = row(table, outcomes, "of these, " + day.words(), each -> "" + each.exposedOn(day));
            }
        }
        table = row(table, outcomes, "p50 of the time to an answer, s", each -> seconds(each, 0.5));
        table = row(table, outcomes, "p99 of the time to an answer, s", each -> seconds(each, 0.99));
        table = row(table, outcomes, "memory-time, MB s", each -> Table.number(each.megabyteSeconds(), 0));
        table = row(table, outcomes, "stacks started", each -> "" + each.starts());
        table = row(table, outcomes, "unanswered", each -> "" + each.unanswered());
        return row(table, outcomes, "wrong answers", each -> "" + each.wrong());
    }

    private static String seconds(Outcome outcome, double level) {
        return Table.number(outcome.waits().seconds(level), 2);
    }

    private static Table row(Table table, List<Outcome> outcomes, String name, Function<Outcome, String> cell) {
        String[] cells = new String[outcomes.size() + 1];
        cells[0] = name;
        for (int i = 0; i < outcomes.size(); i++) {
            cells[i + 1] = cell.apply(outcomes.get(i));
        }
        return table.row(cells);
    }

    private static Table plans(List<Outcome> outcomes) {
        Table table = Table.columns("policy", "last plan");
        for (Outcome outcome : outcomes) {
            for (String explanation : outcome.explanations()) {
                table = table.row(outcome.policy().words(), explanation);
            }
        }
        return table;
    }
}
