package io.foreshard.jmh.shaper.nogain;

import java.time.Duration;

/** What fills the bottleneck, as shares of its capacity. Phases of overload come and go; nobody reacts and nothing is lost. */
enum Condition {
    /** All is ours: what does not wait here waits there. */
    OPEN_LOOP("open-loop", 0.6, 1.3, 0, 0),
    /** Others fill the queue, whatever we do. */
    FOREIGN("foreign", 0.2, 0.2, 0.4, 1.1);

    private static final long PERIOD_NANOS = Duration.ofSeconds(4).toNanos();
    private static final long OVERLOADED_NANOS = Duration.ofSeconds(1).toNanos();

    private final String label;
    private final double ours;
    private final double oursOverloaded;
    private final double theirs;
    private final double theirsOverloaded;

    Condition(String label, double ours, double oursOverloaded, double theirs, double theirsOverloaded) {
        this.label = label;
        this.ours = ours;
        this.oursOverloaded = oursOverloaded;
        this.theirs = theirs;
        this.theirsOverloaded = theirsOverloaded;
    }

    String label() {
        return label;
    }

    double ours(long nowNanos) {
        return isOverloaded(nowNanos) ? oursOverloaded : ours;
    }

    double theirs(long nowNanos) {
        return isOverloaded(nowNanos) ? theirsOverloaded : theirs;
    }

    private static boolean isOverloaded(long nowNanos) {
        return nowNanos % PERIOD_NANOS < OVERLOADED_NANOS;
    }
}
