package io.foreshard.stackvirt.mux;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.TimerWheel;

/** What all kinds of a multiplexer share. */
final class Core {

    final LoopClock clock;
    final TimerWheel timers;
    final Exchanges exchanges;
    final ReasonCounters<MuxReason> counters;
    final TrafficListener traffic;
    final DemandListener demand;

    Core(
            LoopClock clock,
            TimerWheel timers,
            Exchanges exchanges,
            ReasonCounters<MuxReason> counters,
            TrafficListener traffic,
            DemandListener demand) {
        this.clock = clock;
        this.timers = timers;
        this.exchanges = exchanges;
        this.counters = counters;
        this.traffic = traffic;
        this.demand = demand;
    }

    long nowNanos() {
        return clock.nowNanos();
    }

    /** As {@link #tell}, but allocates nothing. */
    void arrived(Exchange exchange, int bytes, long now) {
        try {
            exchange.bytes = bytes;
            traffic.onMessage(exchange.protocol, exchange.source, exchange.destination, bytes, now);
        } catch (Exception | LinkageError failure) {
            counters.count(MuxReason.LISTENER_FAILED);
        }
    }

    /** A message has its result. What never arrived, as the multiplexer was closed, does not end either. */
    void ended(Exchange exchange) {
        if (exchange.bytes < 0) {
            return;
        }
        try {
            traffic.onResult(
                    exchange.protocol, exchange.source, exchange.destination, exchange.bytes, clock.nowNanos());
        } catch (Exception | LinkageError failure) {
            counters.count(MuxReason.LISTENER_FAILED);
        }
    }

    /** Calls foreign code. */
    void tell(Runnable listener) {
        try {
            listener.run();
        } catch (Exception | LinkageError failure) {
            counters.count(MuxReason.LISTENER_FAILED);
        }
    }
}
