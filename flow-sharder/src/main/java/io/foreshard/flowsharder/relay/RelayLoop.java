package io.foreshard.flowsharder.relay;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.ReasonCounters;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted on one event loop: written there, read by any thread. */
final class RelayLoop {

    final ReasonCounters<RelayReason> reasons;
    final Tally forth = new Tally();
    final Tally back = new Tally();
    final Tally routed = new Tally();
    final Conduits conduits;

    RelayLoop(EngineObserver observer, Conduits conduits) {
        this.conduits = conduits;
        reasons = new ReasonCounters<>(RelayReason.class, observer);
    }

    /** A number with one writer. */
    static final class Tally {

        private final AtomicLong value = new AtomicLong();

        void add(long amount) {
            value.setOpaque(value.getPlain() + amount);
        }

        long get() {
            return value.getOpaque();
        }
    }
}
