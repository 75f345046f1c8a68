package io.foreshard.runtime;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Reason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One counter for each reason of an engine, passed on to its observer.
 *
 * <p>Counting belongs to one event loop; reading is allowed from any thread and sees each counter with a short delay.
 *
 * @param <R> the engine's reasons
 */
public final class ReasonCounters<R extends Enum<R> & Reason> {

    private final Class<R> type;
    private final R[] reasons;
    private final EngineObserver observer;
    // One slot more than reasons, for the failures of the observer.
    private final AtomicLongArray counts;

    /**
     * Makes counters at zero.
     *
     * @param type the engine's reasons
     * @param observer is told each count; what it throws is swallowed and counted
     */
    public ReasonCounters(Class<R> type, EngineObserver observer) {
        this.type = type;
        this.reasons = type.getEnumConstants();
        this.observer = observer;
        this.counts = new AtomicLongArray(reasons.length + 1);
    }

    /**
     * Counts once. Owner's thread only.
     *
     * @param reason what happened
     */
    public void count(R reason) {
        count(reason, 1);
    }

    /**
     * Counts several at once. Owner's thread only.
     *
     * @param reason what happened
     * @param amount how often; nothing is counted if it is not above 0
     */
    public void count(R reason, long amount) {
        if (amount <= 0) {
            return;
        }
        add(reason.ordinal(), amount);
        try {
            observer.count(reason, amount);
        } catch (Exception | LinkageError failure) {
            // Foreign code on the data path: it may fail, the engine may not.
            add(reasons.length, 1);
        }
    }

    /**
     * {@return how often a reason was counted} Any thread.
     *
     * @param reason the reason
     */
    public long get(R reason) {
        return counts.getOpaque(reason.ordinal());
    }

    /** {@return the sum over all reasons} Any thread. */
    public long total() {
        long total = 0;
        for (R reason : reasons) {
            total += get(reason);
        }
        return total;
    }

    /** {@return how often the observer threw} Any thread. */
    public long observerFailures() {
        return counts.getOpaque(reasons.length);
    }

    /** {@return an unmodifiable copy of all counters, zeros too, in the order of the enum} Any thread. */
    public Map<R, Long> snapshot() {
        Map<R, Long> snapshot = new EnumMap<>(type);
        for (R reason : reasons) {
            snapshot.put(reason, get(reason));
        }
        return Collections.unmodifiableMap(snapshot);
    }

    private void add(int index, long amount) {
        counts.setOpaque(index, counts.getPlain(index) + amount);
    }
}
