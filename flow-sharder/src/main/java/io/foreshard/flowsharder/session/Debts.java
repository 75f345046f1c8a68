package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.wire.AckRanges;
import org.jspecify.annotations.Nullable;

/** What the other side is to be told of flows besides their streams. Belongs to the session's event loop. */
final class Debts {

    private final LegSet legs;
    private final FlowTable flows;
    private final FlowQueue owing = new FlowQueue();
    private final AckRanges ranges = new AckRanges();

    Debts(LegSet legs, FlowTable flows) {
        this.legs = legs;
        this.flows = flows;
    }

    void oweAck(Flow flow) {
        if (!flow.ackOwed && !flow.isReset()) {
            flow.ackOwed = true;
            enter(flow);
        }
    }

    void oweReset(Flow flow) {
        flow.resetOwed = true;
        enter(flow);
    }

    /** The other side may not know the flow: it is told anew, on a leg that is to be chosen. */
    void oweOpen(Flow flow) {
        flow.openOwed = flow.target != null && !flow.isReset();
        unpin(flow);
    }

    /** Its frames may go over any leg from now on. */
    void unpin(Flow flow) {
        flow.pinned = null;
        flow.debt.leave();
        enter(flow);
    }

    /** Each stands in line once, and only as long as there is something to pay: what ends meanwhile leaves it. */
    private void enter(Flow flow) {
        if (flow.owes() && !flow.debt.isTaken()) {
            owing.add(flow.debt);
        }
    }

    /** Returns how many flows there are of which the other side is to be told something. */
    int size() {
        int size = owing.size();
        for (int i = 0; i < legs.all().size(); i++) {
            size += legs.all().get(i).held.size();
        }
        return size;
    }

    /**
     * Pays over the leg on which it arrives soonest, as far as there is one that takes more: what is owed waits as a mark here, and not as
     * frames in a socket that nobody reads. Who may use one leg only waits for that, and is not asked again before.
     *
     * @return whether something is left
     */
    boolean pay(long nowNanos) {
        for (int i = 0; i < legs.all().size(); i++) {
            payHeld(legs.all().get(i), nowNanos);
        }
        Leg leg = owing.isEmpty() ? null : legs.quickest(nowNanos);
        while (leg != null) {
            Flow flow = owing.poll();
            if (flow == null) {
                break;
            }
            Leg taker = flow.pinned == null ? leg : flow.pinned;
            if (taker.port.isWritable()) {
                settle(flow, taker, nowNanos);
            } else {
                taker.held.add(flow.debt);
            }
            leg = leg.port.isWritable() ? leg : legs.quickest(nowNanos);
        }
        return size() > 0;
    }

    private void payHeld(Leg leg, long nowNanos) {
        while (!leg.held.isEmpty() && leg.port.isWritable()) {
            Flow flow = leg.held.poll();
            if (flow != null) {
                settle(flow, leg, nowNanos);
            }
        }
    }

    private void settle(Flow flow, Leg leg, long nowNanos) {
        pay(flow, leg, nowNanos);
        flows.retire(flow);
    }

    private void pay(Flow flow, Leg leg, long nowNanos) {
        if (flow.openOwed && flow.target != null) {
            flow.openOwed = false;
            flow.pinned = leg;
            leg.port.write(leg.writer.open(flow.id(), flow.in.window.granted(), flow.target));
            sent(SentFrame.Kind.OPEN, flow, leg, nowNanos);
        }
        if (flow.resetOwed) {
            flow.resetOwed = false;
            leg.port.write(leg.writer.reset(flow.id(), flow.resetReason().code()));
            sent(SentFrame.Kind.RESET, flow, leg, nowNanos);
        } else if (flow.ackOwed) {
            flow.ackOwed = false;
            flow.in.buffer().tell(ranges);
            long credit = flow.in.window.grant(flow.in.takenBytes());
            leg.port.write(leg.writer.ack(flow.id(), flow.in.delivered(), credit, ranges, flow.isConnected()));
            sent(SentFrame.Kind.ACK, flow, leg, nowNanos);
        }
    }

    private static void sent(SentFrame.Kind kind, @Nullable Flow flow, Leg leg, long nowNanos) {
        leg.wrote(new SentFrame(kind, flow, leg, 0, 0, nowNanos));
        if (flow != null) {
            flow.frameSent();
        }
    }

    /** The other side has a flow that is not known here. If this is lost, it will ask again. */
    void resetUnknown(int id, long nowNanos) {
        Leg leg = legs.quickest(nowNanos);
        if (leg != null) {
            leg.port.write(leg.writer.reset(id, ResetReason.FLOW_LOST.code()));
            sent(SentFrame.Kind.RESET, null, leg, nowNanos);
        }
    }

    static void ping(Leg leg, long nowNanos) {
        leg.port.write(leg.writer.ping());
        sent(SentFrame.Kind.PING, null, leg, nowNanos);
    }
}
