package io.foreshard.telemetry;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.ReasonCounters;
import java.util.Map;

/**
 * One counter for each {@link TelemetryReason}. Sources count on many threads and seldom, so a lock guards the counts; one object
 * may serve all sources of an application. Thread-safe.
 */
public final class TelemetryCounters {

    private final ReasonCounters<TelemetryReason> counters;

    /** Makes counters at zero that tell nobody. */
    public TelemetryCounters() {
        this(EngineObserver.NOOP);
    }

    /**
     * Makes counters at zero.
     *
     * @param observer is told each count, on the thread that counts; what it throws is swallowed
     */
    public TelemetryCounters(EngineObserver observer) {
        counters = new ReasonCounters<>(TelemetryReason.class, observer);
    }

    /**
     * Counts once.
     *
     * @param reason what happened
     */
    public void count(TelemetryReason reason) {
        count(reason, 1);
    }

    /**
     * Counts several at once.
     *
     * @param reason what happened
     * @param amount how often; nothing is counted if it is not above 0
     */
    public synchronized void count(TelemetryReason reason, long amount) {
        counters.count(reason, amount);
    }

    /**
     * {@return how often a reason was counted}
     *
     * @param reason the reason
     */
    public long get(TelemetryReason reason) {
        return counters.get(reason);
    }

    /** {@return an unmodifiable copy of all counters, zeros too, in the order of the enum} */
    public Map<TelemetryReason, Long> snapshot() {
        return counters.snapshot();
    }
}
