package io.foreshard.examples.gateway;

import io.foreshard.examples.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The two runs side by side.
 *
 * @param scenario what was run
 * @param without the run without the shaper
 * @param with the run with it
 */
record Comparison(Scenario scenario, RunResult without, RunResult with) {

    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (int index = 0; index < without.sites().size(); index++) {
            verdicts.add(Verdict.of(without.sites().get(index), with.sites().get(index)));
        }
        return verdicts;
    }

    boolean isSound() {
        return without.isSound() && with.isSound();
    }

    String soundness() {
        long whole = sum(SiteResult::whole);
        long uploads = sum(site -> site.uploads().completed());
        return isSound()
                ? "All " + whole
                        + " answers to small requests were whole, and what clients, gateway and servers counted agrees ("
                        + uploads + " uploads)."
                : "NOT ALL IS WELL: " + sum(SiteResult::damaged) + " answers were damaged, and counts "
                        + (countsAgree() ? "agree." : "do not agree.");
    }

    private boolean countsAgree() {
        return List.of(without, with).stream()
                .flatMap(run -> run.sites().stream())
                .allMatch(SiteResult::addsUp);
    }

    private long sum(ToLongFunction<SiteResult> count) {
        return List.of(without, with).stream()
                .flatMap(run -> run.sites().stream())
                .mapToLong(count)
                .sum();
    }

    /** Returns the highest percentile that every run has enough samples for. */
    int tail() {
        return List.of(without, with).stream()
                .flatMap(run -> run.sites().stream())
                .mapToInt(SiteResult::tail)
                .min()
                .orElse(90);
    }

    private static int middle(int tail) {
        return tail == 99 ? 90 : 75;
    }

    /** Returns the table that the terminal and the report show. */
    Table table() {
        int tail = tail();
        Table table = Table.columns(
                "server",
                "run",
                "late",
                "p50 ms",
                "p" + middle(tail) + " ms",
                "p" + tail + " ms",
                "uploads",
                "upload p50 ms",
                "MB/s",
                "path ms",
                "dropped");
        for (int index = 0; index < without.sites().size(); index++) {
            for (RunResult run : List.of(without, with)) {
                table = row(table, run, run.sites().get(index), tail);
            }
        }
        return table;
    }

    private Table row(Table table, RunResult run, SiteResult site, int tail) {
        return table.row(
                site.name(),
                run.label(),
                Long.toString(site.late()),
                millis(site.percentile(50)),
                millis(site.percentile(middle(tail))),
                millis(site.percentile(tail)),
                Long.toString(site.uploads().completed()),
                millis(site.uploads().medianSeconds()),
                Table.number(goodput(site) / 1e6, 2),
                millis(LiveLines.mean(site.looks(), Look::queueSeconds)),
                Long.toString(site.dropped()));
    }

    /** Bytes per second of what was of use to its client: uploads that were taken, and small answers in time. */
    private double goodput(SiteResult site) {
        double uploaded = (double) site.uploads().completed() * Content.UPLOAD_BYTES;
        double served = (double) (site.answers().size() - site.late()) * Content.ITEM_BYTES;
        return (uploaded + served) / scenario.seconds();
    }

    static String millis(double seconds) {
        return Table.number(seconds * 1e3, 1);
    }
}
