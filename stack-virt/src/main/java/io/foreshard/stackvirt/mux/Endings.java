package io.foreshard.stackvirt.mux;

import org.jspecify.annotations.Nullable;

/** How the messages of a kind end: what is held for them is given back, and whoever waits is told, once. */
final class Endings {

    private final Core core;
    private final Backlog backlog;
    private final @Nullable Bindings bindings;
    private long replies;
    private long timedOut;
    private long refused;

    Endings(Core core, Backlog backlog, @Nullable Bindings bindings) {
        this.core = core;
        this.backlog = backlog;
        this.bindings = bindings;
    }

    long replies() {
        return replies;
    }

    long timedOut() {
        return timedOut;
    }

    long refused() {
        return refused;
    }

    /** Ends a message that is with no stack any more. */
    void reply(Exchange exchange, MessageResult.Reply reply) {
        replies++;
        finish(exchange, reply);
    }

    /** Ends a message that is with no stack. */
    void timeOut(Exchange exchange, MuxReason reason, boolean sent) {
        core.counters.count(reason);
        timedOut++;
        finish(exchange, new MessageResult.TimedOut(sent));
    }

    /** Ends a message that is with no stack. */
    void refuse(Exchange exchange, MuxReason reason, boolean sent) {
        core.counters.count(reason);
        refused++;
        finish(exchange, new MessageResult.Refused(reason, sent));
    }

    /** Ends the wait for a message that a stack still has, which keeps its place until the given time. */
    void giveUp(Exchange exchange, Seat seat, long placeUntilNanos) {
        core.counters.count(MuxReason.EXPIRED_SENT);
        timedOut++;
        seat.giveUp();
        core.timers.schedule(exchange, placeUntilNanos);
        letGo(exchange);
        tell(exchange, new MessageResult.TimedOut(true));
    }

    /** Frees the place of a message that nobody waits for. */
    void forget(Exchange exchange, Seat seat) {
        core.timers.cancel(exchange);
        seat.end(exchange);
        core.exchanges.remove(exchange);
    }

    private void finish(Exchange exchange, MessageResult result) {
        core.timers.cancel(exchange);
        exchange.leaveLine();
        letGo(exchange);
        if (exchange.number > 0) {
            core.exchanges.remove(exchange);
        }
        tell(exchange, result);
    }

    private void letGo(Exchange exchange) {
        backlog.remove(exchange);
        if (bindings != null) {
            bindings.end(exchange);
        }
        if (exchange.message != null) {
            exchange.message.release();
            exchange.message = null;
        }
    }

    private void tell(Exchange exchange, MessageResult result) {
        ResultHandler handler = exchange.handler;
        exchange.handler = null;
        if (handler != null) {
            core.ended(exchange);
            exchange.port.tell(handler, result);
        }
    }
}
