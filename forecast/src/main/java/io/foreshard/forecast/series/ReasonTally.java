package io.foreshard.forecast.series;

import io.foreshard.coreapi.EngineObserver;
import java.util.concurrent.atomic.AtomicLongArray;

/** One counter per reason, written by one thread, read by any. */
final class ReasonTally {

    private final AtomicLongArray counts = new AtomicLongArray(IngestReason.values().length);
    private final EngineObserver observer;

    ReasonTally(EngineObserver observer) {
        this.observer = observer;
    }

    void count(IngestReason reason) {
        int slot = reason.ordinal();
        counts.lazySet(slot, counts.getPlain(slot) + 1);
        try {
            observer.count(reason, 1);
        } catch (RuntimeException | LinkageError e) {
            // What watches the feed must not stop it.
            return;
        }
    }

    long get(IngestReason reason) {
        return counts.get(reason.ordinal());
    }
}
