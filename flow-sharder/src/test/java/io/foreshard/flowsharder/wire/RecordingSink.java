package io.foreshard.flowsharder.wire;

import io.foreshard.flowsharder.FlowSharderReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what comes. */
final class RecordingSink implements FrameSink {

    final List<String> frames = new ArrayList<>();

    @Nullable
    JoinToken token;

    @Nullable
    JoinProof proof;

    private @Nullable FlowSharderReason note(String frame) {
        frames.add(frame);
        return null;
    }

    @Override
    public @Nullable FlowSharderReason onJoin(JoinToken newToken) {
        token = newToken;
        return note("join");
    }

    @Override
    public @Nullable FlowSharderReason onJoined(JoinProof newProof) {
        proof = newProof;
        return note("joined");
    }

    @Override
    public @Nullable FlowSharderReason onPing() {
        return note("ping");
    }

    @Override
    public @Nullable FlowSharderReason onLegAck(long bytes) {
        return note("leg-ack " + bytes);
    }

    @Override
    public @Nullable FlowSharderReason onLeave() {
        return note("leave");
    }

    @Override
    public @Nullable FlowSharderReason onOpen(int flow, long credit, String target) {
        return note("open " + flow + " " + credit + " " + target);
    }

    @Override
    public @Nullable FlowSharderReason onData(
            int flow, long offset, ByteBuf payload, boolean fin, boolean sourceWaits) {
        return note("data " + flow + " " + offset + " " + ByteBufUtil.hexDump(payload) + (fin ? " fin" : "")
                + (sourceWaits ? " waits" : ""));
    }

    @Override
    public @Nullable FlowSharderReason onAck(
            int flow, long delivered, long credit, AckRanges ranges, boolean connected) {
        StringBuilder words = new StringBuilder("ack " + flow + " " + delivered + " " + credit);
        for (int i = 0; i < ranges.size(); i++) {
            words.append(" ").append(ranges.from(i)).append("-").append(ranges.to(i));
        }
        return note(words.append(connected ? " connected" : "").toString());
    }

    @Override
    public @Nullable FlowSharderReason onReset(int flow, int code) {
        return note("reset " + flow + " " + code);
    }
}
