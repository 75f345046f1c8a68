package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.engine.StockReport;
import io.foreshard.addrsharding.spi.SpaceReport;
import io.foreshard.examples.report.Plot;
import io.foreshard.examples.report.Report;
import io.foreshard.examples.report.Table;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The report of a replay. Stateless. */
final class ReportPage {

    private static final double STEP_HOURS = (double) Churn.STEP_MILLIS / 3_600_000;

    /** Over so many steps a hit rate is taken: six hours. */
    private static final int STEPS_PER_RATE = 72;

    /** In the first hour it is only told how stocks were empty. */
    private static final int FIRST_RATE = 12;

    private ReportPage() {}

    static Report of(Settings settings, Replay.Result result, String live) {
        Churn churn = settings.churn();
        Outcome reactive = result.reactive();
        Outcome predictive = result.predictive();
        return Report.titled("Addresses before they are asked for")
                .subtitle(churn.source() + ": " + churn.machines().size() + " machines of "
                        + churn.subdivisions().size() + " subdivisions in "
                        + Table.number((churn.toMillis() - churn.fromMillis()) / 3.6e6, 1)
                        + " h, after "
                        + Table.number((churn.fromMillis() - churn.learnFromMillis()) / 3.6e6, 1)
                        + " h to learn from; an address takes " + settings.refillMillis() / 1000
                        + " s to become warm")
                .fact("found a warm address", percent(predictive.hitRate()))
                .fact("without foresight", percent(reactive.hitRate()))
                .fact("idle on average", Table.number(predictive.meanWarm(), 0))
                .fact("idle without foresight", Table.number(reactive.meanWarm(), 0))
                .fact("addresses given twice", "" + (predictive.duplicates() + reactive.duplicates()))
                .table(table(result))
                .section("Demand")
                .paragraph(
                        "Each machine takes an address when it is created and gives it back when it ends. Machines that were created"
                                + " before the replay are not in it, so the count begins at zero.")
                .plotsOnOneAxis(
                        foreseen(result.running(), "Machines that run", "an hour before"),
                        foreseen(result.demand(), "Machines created in five minutes", "five minutes before"))
                .section("Stock")
                .paragraph("Both engines are the same but for the forecasters. "
                        + "Where forecasts have not been worth more than what was enough lately, the second one does as the first: its gate was open "
                        + percent(predictive.predictiveShare()) + " of the time, and is "
                        + predictive.gate().reason() + " at the end.")
                .plotsOnOneAxis(
                        compare(result, "Warm addresses", "addresses", Sample::warm),
                        inUse(predictive),
                        rates(result),
                        compare(result, "Machines that wait for an address", "machines", Sample::backlog))
                .section("Space and routes")
                .paragraph(
                        "A route is announced for each prefix of shards of a subdivision, merged as far as they lie side by side. "
                                + space(predictive))
                .plot(routes(result))
                .plot(
                        SpaceMap.of(predictive)
                                .caption(
                                        "A mark is a shard of 64 addresses; blocks without any are left out. Marks of one colour in a row merge into few routes."))
                .section("Routers")
                .paragraph(live)
                .section("Last plans, explained")
                .paragraph("What the predictive engine decided last for each subdivision, and what that rested on.")
                .table(plans(predictive));
    }

    private static String space(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        for (SpaceReport.PoolReport pool : outcome.space().pools()) {
            text.append("Of ")
                    .append(pool.units())
                    .append(" units of ")
                    .append(pool.pool())
                    .append(", ")
                    .append(pool.usedUnits())
                    .append(" are used, ")
                    .append(pool.strandedUnits())
                    .append(" reserved for growth, ")
                    .append(pool.freeUnits())
                    .append(" free for all, of which ")
                    .append(percent(pool.fragmentation()))
                    .append(" cannot be had as one block; ")
                    .append(pool.routes())
                    .append(" routes, where the fewest possible were ")
                    .append(pool.minimalRoutes())
                    .append(". ");
        }
        return text.toString();
    }

    private static String percent(double share) {
        return Table.number(100 * share, 2) + " %";
    }

    private static Plot foreseen(Foreseen series, String title, String when) {
        double[] hours = IntStream.rangeClosed(1, series.values().length)
                .mapToDouble(step -> step * STEP_HOURS)
                .toArray();
        return Plot.titled(title)
                .xLabel("hours")
                .yLabel("machines")
                .band("80 % band, " + when, hours, series.lows(), series.highs())
                .line("machines", hours, series.values())
                .caption(percent(series.coverage()) + " lie within the band.");
    }

    private static double[] of(Outcome outcome, ToDoubleFunction<Sample> value) {
        return outcome.samples().stream().mapToDouble(value).toArray();
    }

    private static Plot compare(Replay.Result result, String title, String unit, ToDoubleFunction<Sample> value) {
        Plot plot = Plot.titled(title).xLabel("hours").yLabel(unit);
        for (Outcome each : result.both()) {
            plot = plot.line(each.name(), of(each, Sample::hours), of(each, value));
        }
        return plot;
    }

    private static Plot inUse(Outcome outcome) {
        double[] hours = of(outcome, Sample::hours);
        return Plot.titled("Addresses in use, " + outcome.name())
                .xLabel("hours")
                .yLabel("addresses")
                .line("in use", hours, of(outcome, Sample::inUse))
                .line("in use, warm or ordered", hours, of(outcome, each -> each.inUse() + each.idle()))
                .steps("in shards", hours, of(outcome, each -> 64.0 * each.shards()));
    }

    private static Plot rates(Replay.Result result) {
        Plot plot = Plot.titled("Requests of the last six hours that found a warm address")
                .xLabel("hours")
                .yLabel("share %")
                .level("wanted", 99);
        for (Outcome each : result.both()) {
            plot = plot.line(each.name(), of(each, Sample::hours), rate(each.samples()));
        }
        return plot;
    }

    private static double[] rate(List<Sample> samples) {
        return IntStream.range(0, samples.size())
                .mapToDouble(index -> {
                    Sample to = samples.get(index);
                    boolean isFull = index >= STEPS_PER_RATE;
                    long hits = to.hits()
                            - (isFull ? samples.get(index - STEPS_PER_RATE).hits() : 0);
                    long misses = to.misses()
                            - (isFull ? samples.get(index - STEPS_PER_RATE).misses() : 0);
                    return index < FIRST_RATE || hits + misses == 0 ? Double.NaN : 100.0 * hits / (hits + misses);
                })
                .toArray();
    }

    private static Plot routes(Replay.Result result) {
        Outcome predictive = result.predictive();
        double[] hours = of(predictive, Sample::hours);
        return Plot.titled("Routes")
                .xLabel("hours")
                .yLabel("prefixes")
                .line("shards", hours, of(predictive, Sample::shards))
                .line("predictive", hours, of(predictive, Sample::routes))
                .line("reactive", of(result.reactive(), Sample::hours), of(result.reactive(), Sample::routes));
    }

    static Table table(Replay.Result result) {
        Table table = Table.columns("", "reactive", "predictive");
        table = row(table, result, "hit rate %", each -> Table.number(100 * each.hitRate(), 2));
        table = row(table, result, "misses", each -> "" + each.last().misses());
        table = row(table, result, "machines refused", each -> "" + each.refused());
        table = row(table, result, "warm addresses idle, mean", each -> Table.number(each.meanWarm(), 1));
        table = row(
                table,
                result,
                "forecasts decided, % of the time",
                each -> Table.number(100 * each.predictiveShare(), 1));
        table = row(
                table,
                result,
                "addresses in use at the end",
                each -> "" + each.last().inUse());
        table = row(table, result, "shards", each -> "" + each.last().shards());
        table = row(table, result, "routes", each -> "" + each.last().routes());
        table = row(table, result, "times routers were told", each -> "" + each.pushes());
        table = row(table, result, "changes recorded", each -> "" + each.changes());
        table = row(table, result, "journal MB", each -> Table.number(each.journalBytes() / 1e6, 2));
        table = row(
                table,
                result,
                "store opens again in ms",
                each -> Table.number(each.recovery().storeMillis(), 1));
        table = row(
                table,
                result,
                "engine opens again in ms",
                each -> Table.number(each.recovery().engineMillis(), 1));
        table = row(
                table,
                result,
                "addresses recovered",
                each -> "" + each.recovery().addresses());
        return row(table, result, "addresses given twice", each -> "" + each.duplicates());
    }

    private static Table row(Table table, Replay.Result result, String name, Function<Outcome, String> cell) {
        return table.row(name, cell.apply(result.reactive()), cell.apply(result.predictive()));
    }

    private static Table plans(Outcome outcome) {
        Table table = Table.columns("subdivision", "hit rate %", "last plan");
        for (StockReport stock : outcome.stocks()) {
            table = table.row(
                    stock.subdivision(),
                    Table.number(100 * stock.hitRate(), 2),
                    stock.lastPlan() + (stock.lastRefusal().isEmpty() ? "" : "; refused: " + stock.lastRefusal()));
        }
        return table;
    }
}
