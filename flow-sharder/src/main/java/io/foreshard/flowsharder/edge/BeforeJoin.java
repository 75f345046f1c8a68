package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.wire.AckRanges;
import io.foreshard.flowsharder.wire.FrameSink;
import io.foreshard.flowsharder.wire.JoinProof;
import io.foreshard.flowsharder.wire.JoinToken;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Takes the first frame of a leg; every other one is out of turn. */
class BeforeJoin implements FrameSink {

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
        return FlowSharderReason.OUT_OF_TURN;
    }

    @Override
    public @Nullable FlowSharderReason onLegAck(long bytes) {
        return FlowSharderReason.OUT_OF_TURN;
    }

    @Override
    public @Nullable FlowSharderReason onLeave() {
        return FlowSharderReason.OUT_OF_TURN;
    }

    @Override
    public @Nullable FlowSharderReason onOpen(int flow, long credit, String target) {
        return FlowSharderReason.OUT_OF_TURN;
    }

    @Override
    public @Nullable FlowSharderReason onData(
            int flow, long offset, ByteBuf payload, boolean fin, boolean sourceWaits) {
        return FlowSharderReason.OUT_OF_TURN;
    }

    @Override
    public @Nullable FlowSharderReason onAck(
            int flow, long delivered, long credit, AckRanges ranges, boolean connected) {
        return FlowSharderReason.OUT_OF_TURN;
    }

    @Override
    public @Nullable FlowSharderReason onReset(int flow, int code) {
        return FlowSharderReason.OUT_OF_TURN;
    }
}
