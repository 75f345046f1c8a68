package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.wire.AckRanges;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What the other side is to be told of flows besides their streams. Belongs to the session's event loop. */
final class Debts {

    private final LegSet legs;
    private final FlowTable flows;
    private final ArrayDeque<Flow> owing = new ArrayDeque<>();
    private final AckRanges ranges = new AckRanges();

    Debts(LegSet legs, FlowTable flows) {
        this.legs = legs;
        this.flows = flows;
    }

    void owe(Flow flow) {
        owing.add(flow);
    }

    void oweAck(Flow flow) {
        if (!flow.ackOwed && !flow.isReset()) {
            flow.ackOwed = true;
            owing.add(flow);
        }
    }

    void oweReset(Flow flow) {
        flow.resetOwed = true;
        owing.add(flow);
    }

    /** The other side may not know the flow: it is told anew, on a leg that is to be chosen. */
    void oweOpen(Flow flow) {
        flow.pinned = null;
        flow.openOwed = flow.target != null && !flow.isReset();
        owing.add(flow);
    }

    /**
     * Pays over the leg on which it arrives soonest, as far as there is one that takes more: what is owed waits as a mark here, and not as
     * frames in a socket that nobody reads.
     *
     * @return whether something is left
     */
    boolean pay(long nowNanos) {
        Leg leg = owing.isEmpty() ? null : legs.quickest(nowNanos);
        for (int left = owing.size(); leg != null && left > 0; left--) {
            if (!leg.port.isWritable()) {
                leg = legs.quickest(nowNanos);
            }
            Flow flow = owing.remove();
            Leg taker = flow.pinned == null || flow.openOwed ? leg : flow.pinned;
            if (taker != null && taker.port.isWritable()) {
                pay(flow, taker, nowNanos);
                flows.retire(flow);
            } else {
                owing.add(flow);
            }
        }
        return !owing.isEmpty();
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
