package io.foreshard.examples.gateway;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** One line per second: what each server is sent, what waits for it in the gateway, how long its path's queue is, and its load. */
final class LiveLines {

    private final PrintWriter out;
    private final String label;
    private final int seconds;

    LiveLines(PrintWriter out, String label, int seconds) {
        this.out = out;
        this.label = label;
        this.seconds = seconds;
    }

    void print(int second, List<SiteRun> runs) {
        out.println(String.format(Locale.ROOT, "%-11s %2d/%d s", label, second, seconds)
                + runs.stream()
                        .map(run -> "  |  " + text(run.site().name(), run.lastSecond()))
                        .collect(Collectors.joining()));
    }

    static String text(String name, List<Look> looks) {
        double limit = mean(looks, look -> look.isLimited() ? look.limitBytesPerSecond() : Double.NaN);
        return String.format(
                Locale.ROOT,
                "%-10s %4.1f MB/s%s  queue %5.0f kB  path %s  load %s",
                name,
                mean(looks, Look::bytesPerSecond) / 1e6,
                Double.isNaN(limit) ? "            " : String.format(Locale.ROOT, " (limit %3.1f)", limit / 1e6),
                mean(looks, look -> (double) look.waitingBytes()) / 1e3,
                number(mean(looks, Look::queueSeconds) * 1e3, "%+5.1f ms", "   ?   "),
                number(mean(looks, Look::load), "%.2f", "?"));
    }

    private static String number(double value, String format, String unknown) {
        return Double.isNaN(value) ? unknown : String.format(Locale.ROOT, format, value);
    }

    /** Returns the mean of what is known, NaN if nothing is. */
    static double mean(List<Look> looks, ToDoubleFunction<Look> value) {
        return looks.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }
}
