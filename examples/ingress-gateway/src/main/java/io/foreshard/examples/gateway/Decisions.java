package io.foreshard.examples.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the shaper decided over time, and what it saw when it did. Stateless. */
final class Decisions {

    static final int MOST = 14;

    private static final double NOTABLE = 0.3;
    private static final double BUSY = 0.92;
    private static final double QUEUED_SECONDS = 0.003;

    private Decisions() {}

    /**
     * A change of the limit.
     *
     * @param atSeconds since the start of the run
     * @param what it became
     * @param why what was seen then
     */
    record Decision(double atSeconds, String what, String why) {}

    /** Returns the changes that are notable: on, off, and by {@value #NOTABLE} or more. */
    static List<Decision> of(List<Look> looks) {
        List<Decision> decisions = new ArrayList<>();
        double said = Double.POSITIVE_INFINITY;
        for (Look look : looks) {
            double limit = look.limitBytesPerSecond();
            boolean on = look.isLimited();
            boolean switched = on != said < Double.POSITIVE_INFINITY;
            if (switched || (on && Math.abs(limit / said - 1) > NOTABLE)) {
                decisions.add(new Decision(look.atSeconds(), on ? megabytes(limit) : "no limit", why(look, on)));
                said = limit;
            }
        }
        return decisions;
    }

    private static String why(Look look, boolean limited) {
        String queue = String.format(Locale.ROOT, "queue of the path %.1f ms", look.queueSeconds() * 1e3);
        if (!limited) {
            return "nothing waits, " + queue;
        }
        if (look.load() > BUSY) {
            return String.format(Locale.ROOT, "the server is busy, load %.2f", look.load());
        }
        if (look.queueSeconds() > QUEUED_SECONDS) {
            return queue;
        }
        return String.format(
                Locale.ROOT,
                "%.0f kB wait here and the %s: asks for what more it takes",
                look.waitingBytes() / 1e3,
                queue + " is short");
    }

    private static String megabytes(double bytesPerSecond) {
        return String.format(Locale.ROOT, "%.2f MB/s", bytesPerSecond / 1e6);
    }
}
