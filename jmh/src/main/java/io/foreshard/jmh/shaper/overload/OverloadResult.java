package io.foreshard.jmh.shaper.overload;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * What one run measured.
 *
 * @param offered requests that were due
 * @param good of them answered before their deadline
 * @param late answered after it
 * @param refused by the server
 * @param unanswered neither
 * @param dropped by the shaper in the whole run
 * @param p50Nanos from when a request was due to its answer
 * @param p99Nanos likewise
 * @param goodPerSecond the goodput
 */
record OverloadResult(
        double offered,
        double good,
        double late,
        double refused,
        double unanswered,
        double dropped,
        double p50Nanos,
        double p99Nanos,
        double goodPerSecond) {

    static String text(RequestTally tally, long dropped) {
        return String.join(
                " ",
                Long.toString(tally.offered()),
                Long.toString(tally.good()),
                Long.toString(tally.late()),
                Long.toString(tally.refusals()),
                Long.toString(tally.unanswered()),
                Long.toString(dropped),
                Double.toString(tally.nanos(50)),
                Double.toString(tally.nanos(99)),
                Double.toString(tally.good() / tally.seconds()));
    }

    static OverloadResult parse(String text) {
        double[] n =
                Stream.of(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
        return new OverloadResult(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
    }

    String words() {
        return String.format(
                Locale.ROOT,
                "%.0f of %.0f in time (%.0f/s), %.0f late, %.0f refused, %.0f not answered; p50 %.0f ms, p99 %.0f ms; %.0f dropped by the"
                        + " shaper",
                good,
                offered,
                goodPerSecond,
                late,
                refused,
                unanswered,
                p50Nanos / 1e6,
                p99Nanos / 1e6,
                dropped);
    }
}
