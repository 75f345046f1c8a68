package io.foreshard.jmh.shaper.mice;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * What one run measured.
 *
 * @param miceSent mice that were due
 * @param miceArrived of them
 * @param miceP50Nanos from when a mouse was due to when it arrived
 * @param miceP99Nanos likewise
 * @param jitterNanos see {@link MiceTally#jitterNanos}
 * @param elephantMegabits what arrived of the elephant for the first time, bits per microsecond
 * @param elephantArrived packets of it that arrived for the first time
 * @param elephantP50Nanos from when a packet of it was first sent to when it arrived
 * @param elephantP99Nanos likewise
 * @param elephantOffered packets of it sent for the first time
 * @param elephantTransmitted packets of it sent
 * @param dropped packets that the shaper dropped, of both, in the whole run
 * @param lateP99Nanos from when a mouse was due to when the busy machine got round to sending it
 */
record MiceResult(
        double miceSent,
        double miceArrived,
        double miceP50Nanos,
        double miceP99Nanos,
        double jitterNanos,
        double elephantMegabits,
        double elephantArrived,
        double elephantP50Nanos,
        double elephantP99Nanos,
        double elephantOffered,
        double elephantTransmitted,
        double dropped,
        double lateP99Nanos) {

    static MiceResult parse(String sent, String received) {
        double[] s = numbers(sent);
        double[] r = numbers(received);
        return new MiceResult(s[0], r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], s[1], s[2], s[3], s[4]);
    }

    private static double[] numbers(String text) {
        return Stream.of(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    }

    double miceLost() {
        return miceSent - miceArrived;
    }

    /** Returns the share of what the elephant sent that it had to send again. */
    double elephantRepeated() {
        return 1 - elephantOffered / elephantTransmitted;
    }

    /** Returns packets of the elephant that arrived over those that were new meanwhile. */
    double elephantCompleted() {
        return elephantArrived / elephantOffered;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "mice p50 %.2f ms, p99 %.2f ms (sent late p99 %.2f ms), jitter %.2f ms, %.0f of %.0f lost; elephant %.2f Mbit/s, p50 %.0f ms, p99 %.0f ms,"
                        + " %.2f %% sent again; %.0f dropped by the shaper",
                miceP50Nanos / 1e6,
                miceP99Nanos / 1e6,
                lateP99Nanos / 1e6,
                jitterNanos / 1e6,
                miceLost(),
                miceSent,
                elephantMegabits,
                elephantP50Nanos / 1e6,
                elephantP99Nanos / 1e6,
                100 * elephantRepeated(),
                dropped);
    }
}
