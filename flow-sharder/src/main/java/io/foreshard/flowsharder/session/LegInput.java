package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.AckRanges;
import io.foreshard.flowsharder.wire.FrameSink;
import io.foreshard.flowsharder.wire.JoinProof;
import io.foreshard.flowsharder.wire.JoinToken;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The frames of one leg, after it has joined its session. */
final class LegInput implements FrameSink {

    private final Session session;
    private final Arrivals arrivals;
    private final Leg leg;

    LegInput(Session session, Arrivals arrivals, Leg leg) {
        this.session = session;
        this.arrivals = arrivals;
        this.leg = leg;
    }

    @Override
    public @Nullable FlowSharderReason onJoin(JoinToken token) {
        return FlowSharderReason.OUT_OF_TURN;
    }

    @Override
    public @Nullable FlowSharderReason onJoined(JoinProof proof) {
        return FlowSharderReason.OUT_OF_TURN;
    }

    @Override
    public @Nullable FlowSharderReason onPing() {
        leg.oweAck();
        leg.confirm();
        return null;
    }

    @Override
    public @Nullable FlowSharderReason onLegAck(long bytes) {
        leg.confirm();
        return session.onLegAck(leg, bytes);
    }

    @Override
    public @Nullable FlowSharderReason onLeave() {
        leg.confirm();
        session.onLeave(leg);
        return null;
    }

    @Override
    public @Nullable FlowSharderReason onOpen(int flow, long credit, String target) {
        return mayCome() ? arrivals.open(flow, credit, target) : FlowSharderReason.OUT_OF_TURN;
    }

    @Override
    public @Nullable FlowSharderReason onData(
            int flow, long offset, ByteBuf payload, boolean fin, boolean sourceWaits) {
        if (!mayCome()) {
            return FlowSharderReason.OUT_OF_TURN;
        }
        leg.receivedData(payload.readableBytes());
        arrivals.data(flow, offset, payload, fin);
        if (sourceWaits) {
            arrivals.sourceWaits();
        }
        return null;
    }

    @Override
    public @Nullable FlowSharderReason onAck(
            int flow, long delivered, long credit, AckRanges ranges, boolean connected) {
        return mayCome() ? arrivals.ack(flow, delivered, credit, ranges, connected) : FlowSharderReason.OUT_OF_TURN;
    }

    @Override
    public @Nullable FlowSharderReason onReset(int flow, int code) {
        if (!mayCome()) {
            return FlowSharderReason.OUT_OF_TURN;
        }
        arrivals.reset(flow, code);
        return null;
    }

    /** Frames of flows are acknowledged; behind the other side's {@code LEAVE} none may come, as none could be answered. */
    private boolean mayCome() {
        leg.oweAck();
        leg.confirm();
        return !leg.hasOtherLeft();
    }
}
