package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.AckRanges;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.SequenceWindow;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What came for the flows of a session, over whichever leg. Belongs to the session's event loop. */
final class Arrivals {

    private static final int REMEMBERED_FLOWS = 1 << 16;

    /** Leaves room below, so that nothing is negative. */
    private static final long FIRST_ROUND = 1L << 32;

    private final Session session;
    private final FlowTable flows;
    private final ReasonCounters<FlowSharderReason> counters;
    private final SessionListener listener;
    private final SequenceWindow opened = new SequenceWindow(REMEMBERED_FLOWS);
    private final Strays strays;
    private final ArrayDeque<Flow> received = new ArrayDeque<>();

    Arrivals(Session session, ReasonCounters<FlowSharderReason> counters, SessionListener listener) {
        this.session = session;
        this.flows = session.flows;
        this.counters = counters;
        this.listener = listener;
        strays = new Strays(2 * session.limits.convictNanos());
    }

    @Nullable
    FlowSharderReason open(int id, long credit, String target) {
        if (!opened.tryMark(unwrapped(id))) {
            // Told twice, as a leg was in doubt.
            return null;
        }
        if (flows.get(id) != null) {
            return FlowSharderReason.OUT_OF_TURN;
        }
        if (flows.size() >= 2 * (long) session.limits.mostFlows()) {
            // Whoever opens ever more without hearing of resets gets no more room for them.
            return FlowSharderReason.TOO_MANY_FLOWS;
        }
        Flow flow = new Flow(session, id, credit, target, false, session.nowNanos());
        flows.add(flow);
        if (flows.size() > session.limits.mostFlows()) {
            counters.count(FlowSharderReason.TOO_MANY_FLOWS);
            flow.reset(ResetReason.TOO_MANY_FLOWS, session.nowNanos());
        } else if (!session.hasRoomForFlow()) {
            flow.reset(ResetReason.NO_ROOM, session.nowNanos());
        } else {
            session.debts.oweAck(flow);
            listener.onFlow(flow, target);
        }
        return null;
    }

    /** Numbers of flows begin anew after 2^32 of them; the nearest to those that came is meant (as in RFC 1982). */
    private long unwrapped(int id) {
        long newest = opened.isEmpty() ? FIRST_ROUND : opened.highest();
        return newest + (id - (int) newest);
    }

    void data(int id, long offset, ByteBuf payload, boolean fin) {
        Flow flow = flows.get(id);
        if (flow == null || flow.isReset()) {
            counters.count(FlowSharderReason.FLOW_OVER);
            stray(id, flow);
            return;
        }
        long before = flow.in.delivered();
        StreamIn.Outcome outcome = flow.in.offer(offset, payload, fin);
        session.counts().deliveredBytes += flow.in.delivered() - before;
        switch (outcome) {
            case BEYOND_CREDIT -> counters.count(FlowSharderReason.BEYOND_CREDIT);
            case NO_MEMORY -> counters.count(FlowSharderReason.REORDER_MEMORY);
            case CONTRADICTION -> {
                counters.count(FlowSharderReason.CONTRADICTION);
                flow.fail(ResetReason.CONTRADICTION);
                session.debts.oweReset(flow);
            }
            case TAKEN -> received.add(flow);
        }
        session.debts.oweAck(flow);
    }

    /** A source at the other side has more than the legs take. */
    void sourceWaits() {
        session.otherSourceWaits();
    }

    @Nullable
    FlowSharderReason ack(int id, long delivered, long credit, AckRanges early, boolean connected) {
        Flow flow = flows.get(id);
        if (flow == null || flow.isReset()) {
            stray(id, flow);
            return null;
        }
        long before = flow.out.delivered();
        if (!flow.out.acked(delivered, credit, early)) {
            return FlowSharderReason.FALSE_ACK;
        }
        session.counts().ackedBytes += flow.out.delivered() - before;
        if (connected) {
            flow.targetAnswered();
        }
        session.pump.offer(flow);
        flow.outMoved();
        flows.retire(flow);
        return null;
    }

    void reset(int id, int code) {
        Flow flow = flows.get(id);
        if (flow == null) {
            // Its beginning may still come over a slower leg: then nobody would ever end it.
            opened.tryMark(unwrapped(id));
        } else if (!flow.isComplete()) {
            flow.fail(ResetReason.of(code));
            flows.retire(flow);
        }
    }

    private void stray(int id, @Nullable Flow flow) {
        if (flow == null && strays.isLasting(id, session.nowNanos())) {
            session.debts.resetUnknown(id, session.nowNanos());
        }
    }

    /** All that was read was handed over. */
    void complete() {
        for (Flow flow = received.poll(); flow != null; flow = received.poll()) {
            flow.readComplete();
            flows.retire(flow);
        }
    }
}
