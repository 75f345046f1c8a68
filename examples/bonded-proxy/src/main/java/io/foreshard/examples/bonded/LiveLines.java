package io.foreshard.examples.bonded;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** One line per second: how far the download is, and what came over each relay; and one line for each event. */
final class LiveLines {

    private static final int LOOKS = 10;

    private final PrintWriter out;
    private final long total;

    LiveLines(PrintWriter out, long total) {
        this.out = out;
        this.total = total;
    }

    void event(double seconds, String words) {
        out.println(String.format(Locale.ROOT, "%5.1f s  --- %s", seconds, words));
    }

    void print(List<Look> looks) {
        Look last = looks.get(looks.size() - 1);
        Look before = looks.get(Math.max(0, looks.size() - 1 - LOOKS));
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%5.1f s  %5.1f of %.1f MB  %5.2f MB/s",
                last.seconds(),
                last.bytes() / 1e6,
                total / 1e6,
                rate(last.bytes() - before.bytes(), before, last) / 1e6));
        for (int relay = 0; relay < Scenario.RELAYS; relay++) {
            long bytes = last.relayBytes().get(relay) - before.relayBytes().get(relay);
            line.append(
                    String.format(Locale.ROOT, "  |  %s %5.2f MB/s", Run.name(relay), rate(bytes, before, last) / 1e6));
        }
        out.println(line);
    }

    private static double rate(long bytes, Look from, Look to) {
        double seconds = to.seconds() - from.seconds();
        return seconds > 0 ? bytes / seconds : 0;
    }
}
