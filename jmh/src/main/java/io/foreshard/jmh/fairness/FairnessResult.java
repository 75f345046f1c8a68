package io.foreshard.jmh.fairness;

import java.util.Locale;

/**
 * One run.
 *
 * @param ourMegabits our goodput
 * @param tcpMegabits TCP's; {@link Double#NaN} when we ran alone
 * @param rttMedianMillis our smoothed round-trip time
 * @param rttHighMillis 95 of 100 times it was below
 */
record FairnessResult(double ourMegabits, double tcpMegabits, double rttMedianMillis, double rttHighMillis) {

    String text() {
        return String.format(
                Locale.ROOT,
                "ours %.1f, TCP %.1f Mbit/s, round trip p50 %.1f p95 %.1f ms",
                ourMegabits,
                tcpMegabits,
                rttMedianMillis,
                rttHighMillis);
    }
}
