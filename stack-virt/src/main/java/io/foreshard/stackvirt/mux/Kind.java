package io.foreshard.stackvirt.mux;

import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackSelector;
import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The messages of a kind: which wait, which are with a stack, and what becomes of them. */
final class Kind {

    final KindSettings settings;
    final Roster roster;

    private final Core core;
    private final Line line = new Line();
    private final Backlog backlog;
    private final @Nullable Bindings bindings;
    private final Endings endings;
    private boolean pumping;
    private boolean pumpAgain;
    private long messages;
    private long cold;
    private long exposed;

    Kind(KindSettings settings, Core core, SplittableRandom random) {
        this.settings = settings;
        this.core = core;
        this.backlog = new Backlog(settings.maxWaitingMessages(), settings.maxWaitingBytes());
        this.bindings = settings.affinity() == null
                ? null
                : new Bindings(settings.affinityKeys(), random.nextLong(), random.nextLong());
        this.endings = new Endings(core, backlog, bindings);
        StackSelector selector = settings.selector().get();
        this.roster = new Roster(selector, random);
    }

    /** Takes a message that has arrived. */
    void accept(Exchange exchange, ByteBuf message, long now) {
        messages++;
        core.arrived(exchange, message.readableBytes(), now);
        MuxReason unfit = unfit(exchange, message);
        if (unfit != null) {
            endings.refuse(exchange, unfit, false);
        } else if (exchange.deadlineNanos - now <= 0) {
            endings.timeOut(exchange, MuxReason.EXPIRED_WAITING, false);
        } else if (!core.exchanges.add(exchange)) {
            endings.refuse(exchange, MuxReason.TOO_MANY_MESSAGES, false);
        } else {
            long waits = Math.min(settings.maxWaitNanos(), exchange.deadlineNanos - now);
            exchange.deadlineNanos = now + waits;
            core.timers.schedule(exchange, exchange.deadlineNanos);
            enter(exchange, now);
        }
    }

    private @Nullable MuxReason unfit(Exchange exchange, ByteBuf message) {
        if (message.readableBytes() > settings.maxMessageBytes()) {
            return MuxReason.OVERSIZE;
        }
        AffinityKey affinity = settings.affinity();
        if (affinity != null) {
            try {
                exchange.key = affinity.of(exchange.source, exchange.destination, message);
            } catch (Exception | LinkageError failure) {
                return MuxReason.NO_KEY;
            }
        }
        return null;
    }

    private void enter(Exchange exchange, long now) {
        boolean isCold = roster.isCold();
        if (isCold) {
            cold++;
            core.counters.count(MuxReason.COLD_START);
        }
        if (line.isEmpty() && place(exchange, now)) {
            return;
        }
        if (!backlog.add(exchange)) {
            shedHopeless(now);
            if (!backlog.add(exchange)) {
                endings.refuse(exchange, MuxReason.LINE_FULL, false);
                return;
            }
        }
        line.add(exchange);
        exposed += roster.isFull(settings.maxInFlight()) ? 1 : 0;
        int waiting = line.size();
        if ((waiting & (waiting - 1)) == 0) {
            core.tell(() -> core.demand.onDemand(settings.name(), waiting, isCold));
        }
    }

    /** Brings a message to a stack or to its line, or to an end. Returns false if it has to wait for any stack. */
    private boolean place(Exchange exchange, long now) {
        Binding bound = bindings == null ? null : bindings.get(exchange.key);
        if (bindings != null && bound != null) {
            if (bound.seat.isOpen() || bound.underWay > 0) {
                return placeAt(bindings, bound, exchange, now);
            }
            bindings.remove(bound);
            core.counters.count(MuxReason.KEY_MOVED);
        }
        Seat seat = pick(exchange, now);
        if (seat == null) {
            return false;
        }
        if (bindings != null) {
            Binding binding = bindings.bind(exchange.key, seat);
            if (binding == null) {
                endings.refuse(exchange, MuxReason.KEYS_FULL, false);
                return true;
            }
            bindings.begin(exchange, binding);
        }
        send(exchange, seat, now);
        return true;
    }

    /** A selector does not throw; with one that does, all wait. */
    private @Nullable Seat pick(Exchange exchange, long now) {
        try {
            return roster.pick(exchange, now);
        } catch (Exception | LinkageError failure) {
            core.counters.count(MuxReason.LISTENER_FAILED);
            return null;
        }
    }

    private boolean placeAt(Bindings table, Binding bound, Exchange exchange, long now) {
        Seat seat = bound.seat;
        if (seat.waiting.isEmpty() && seat.takes(exchange.capacity)) {
            table.begin(exchange, bound);
            send(exchange, seat, now);
        } else if (backlog.add(exchange)) {
            table.begin(exchange, bound);
            seat.waiting.add(exchange);
        } else {
            endings.refuse(exchange, MuxReason.LINE_FULL, false);
        }
        return true;
    }

    private void send(Exchange exchange, Seat seat, long now) {
        ByteBuf message = exchange.message;
        if (message == null) {
            throw new IllegalStateException("message: null (expected: kept until it is sent for the last time)");
        }
        backlog.remove(exchange);
        core.exchanges.rename(exchange);
        boolean keep = exchange.attempts + 1 < settings.attempts();
        if (!seat.send(exchange, message, keep, now)) {
            // The link did not take it, the stack has not seen it: it is first in line again.
            sendAgain(exchange);
        }
    }

    /** A link never throws; one that does has not taken the message. */
    boolean isTaken(StackLink link, long correlation, ByteBuf message) {
        try {
            return link.send(correlation, message);
        } catch (Exception | LinkageError failure) {
            core.counters.count(MuxReason.LISTENER_FAILED);
            return false;
        }
    }

    private void sendAgain(Exchange exchange) {
        if (bindings != null) {
            bindings.end(exchange);
        }
        if (backlog.add(exchange)) {
            line.restore(exchange);
        } else {
            endings.refuse(exchange, MuxReason.LINE_FULL, exchange.attempts > 0);
        }
    }

    /** Lets what waits go where there is room now. */
    void pump() {
        if (pumping) {
            pumpAgain = true;
            return;
        }
        pumping = true;
        try {
            do {
                pumpAgain = false;
                pumpOnce(core.nowNanos());
            } while (pumpAgain);
        } finally {
            pumping = false;
        }
    }

    private void pumpOnce(long now) {
        if (bindings != null) {
            for (int i = 0; i < roster.size(); i++) {
                Seat seat = roster.get(i);
                Exchange first = seat.waiting.first();
                while (first != null && seat.takes(first.capacity)) {
                    send(first, seat, now);
                    first = seat.waiting.first();
                }
            }
        }
        if (!line.isEmpty()) {
            shedHopeless(now);
        }
        Exchange first = line.first();
        while (first != null && place(first, now)) {
            first = line.first();
        }
    }

    /** Gives up what is first in line and would not be answered in time by the fastest stack in twice its usual speed. */
    private void shedHopeless(long now) {
        long leastNanos = roster.fastestNanos(now) / 2;
        Exchange first = line.first();
        while (first != null && first.deadlineNanos - now < leastNanos) {
            endings.timeOut(first, MuxReason.SHED, first.attempts > 0);
            first = line.first();
        }
    }

    void replied(Seat seat, long correlation, ByteBuf reply) {
        Exchange exchange = core.exchanges.get(correlation);
        if (exchange == null || exchange.seat != seat) {
            reply.release();
            unasked(seat);
            return;
        }
        long now = core.nowNanos();
        if (exchange.isAwaited()) {
            seat.answered(exchange, true, now);
            seat.end(exchange);
            endings.reply(exchange, new MessageResult.Reply(reply));
        } else {
            reply.release();
            seat.late(exchange, now);
            core.counters.count(MuxReason.LATE_REPLY);
            endings.forget(exchange, seat);
        }
        settle(seat);
        pump();
    }

    void failed(Seat seat, long correlation) {
        Exchange exchange = core.exchanges.get(correlation);
        if (exchange == null || exchange.seat != seat) {
            unasked(seat);
            return;
        }
        if (exchange.isAwaited()) {
            seat.answered(exchange, false, core.nowNanos());
            seat.end(exchange);
            // With keys a later message may be with the stack already, which this one must not come after.
            retryOrRefuse(exchange, seat, MuxReason.STACK_REFUSED, bindings == null && roster.hasOther(seat));
        } else {
            core.counters.count(MuxReason.LATE_REPLY);
            endings.forget(exchange, seat);
        }
        settle(seat);
        pump();
    }

    /** Refuses a message that waits or has just come, as the multiplexer is closed. */
    void refuseClosed(Exchange exchange) {
        messages += exchange.number == 0 ? 1 : 0;
        endings.refuse(exchange, MuxReason.CLOSED, exchange.attempts > 0);
    }

    private void retryOrRefuse(Exchange exchange, Seat seat, MuxReason reason, boolean may) {
        if (may && exchange.message != null && exchange.attempts < settings.attempts()) {
            core.counters.count(MuxReason.RETRIED);
            exchange.avoided = seat;
            sendAgain(exchange);
        } else {
            endings.refuse(exchange, reason, true);
        }
    }

    /** The stack answers what it was not asked, or not any more. */
    private void unasked(Seat seat) {
        if (seat.state == Seat.State.GONE || seat.mayBeAbandoned()) {
            core.counters.count(MuxReason.LATE_REPLY);
            return;
        }
        core.counters.count(MuxReason.STACK_LIES);
        core.tell(seat.events::onLie);
        lose(seat, MuxReason.STACK_LIES);
        seat.close();
        pump();
    }

    /** The deadline of a message has come, or the time after it. */
    void expired(Exchange exchange, long now) {
        Seat seat = exchange.seat;
        if (seat == null) {
            endings.timeOut(exchange, MuxReason.EXPIRED_WAITING, exchange.attempts > 0);
            return;
        }
        if (exchange.isAwaited()) {
            seat.silent(now);
            endings.giveUp(exchange, seat, now + settings.abandonNanos());
        } else {
            core.counters.count(MuxReason.ABANDONED);
            seat.abandon();
            endings.forget(exchange, seat);
        }
        settle(seat);
        pump();
    }

    void closed(Seat seat, StackFailure failure) {
        if (seat.state != Seat.State.GONE) {
            lose(seat, MuxReason.STACK_GONE);
        }
        if (!seat.isDismissed()) {
            core.tell(() -> seat.events.onClosed(failure));
        }
        pump();
    }

    /** Takes a stack out, which was in. What it has goes to others, if it may, in front of what waits already. */
    void lose(Seat seat, MuxReason reason) {
        seat.state = Seat.State.GONE;
        roster.remove(seat);
        moveAway(seat);
        for (Exchange each = seat.inFlight.first(); each != null; each = seat.inFlight.first()) {
            if (each.isAwaited()) {
                seat.end(each);
                retryOrRefuse(each, seat, reason, reason != MuxReason.CLOSED);
            } else {
                endings.forget(each, seat);
            }
        }
        if (!line.isEmpty() && roster.isCold()) {
            tell(() -> core.demand.onDemand(settings.name(), line.size(), true));
        }
    }

    /** If nobody waits for a stack that gets no more messages, it is drained, and its keys go to others. */
    void settle(Seat seat) {
        if (seat.isOpen() || seat.awaited() > 0 || seat.state == Seat.State.GONE) {
            return;
        }
        moveAway(seat);
        if (seat.state == Seat.State.DRAINING) {
            seat.state = Seat.State.DRAINED;
            core.tell(seat.events::onDrained);
        }
    }

    private void moveAway(Seat seat) {
        if (bindings == null) {
            return;
        }
        core.counters.count(MuxReason.KEY_MOVED, bindings.removeAll(seat));
        for (Exchange each = seat.waiting.first(); each != null; each = each.next) {
            bindings.end(each);
        }
        line.restoreAll(seat.waiting);
    }

    void tell(Runnable listener) {
        core.tell(listener);
    }

    long nowNanos() {
        return core.nowNanos();
    }

    KindStatistics statistics() {
        return new KindStatistics(
                messages,
                endings.replies(),
                endings.timedOut(),
                endings.refused(),
                cold,
                exposed,
                backlog.messages(),
                backlog.bytes(),
                roster.awaited());
    }
}
