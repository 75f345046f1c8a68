package io.foreshard.flowsharder.wire;

import io.foreshard.flowsharder.FlowSharderReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Takes the frames of a leg in their order. Each call returns {@code null}, or the reason for which the leg is to be closed; then no more
 * calls come. Flows are unsigned and never 0; offsets and credits are never negative.
 */
public interface FrameSink {

    /**
     * The other side wants this leg to join a session.
     *
     * @param token not yet verified
     */
    @Nullable
    FlowSharderReason onJoin(JoinToken token);

    /**
     * The other side let this leg join.
     *
     * @param proof not yet verified
     */
    @Nullable
    FlowSharderReason onJoined(JoinProof proof);

    /** The other side wants to know whether this leg is alive. */
    @Nullable
    FlowSharderReason onPing();

    /**
     * The other side tells what came over this leg.
     *
     * @param bytes of frames, since the leg was opened
     */
    @Nullable
    FlowSharderReason onLegAck(long bytes);

    /** The other side sends nothing more over this leg. */
    @Nullable
    FlowSharderReason onLeave();

    /**
     * The other side begins a flow.
     *
     * @param flow its number
     * @param credit up to which offset the other side takes what we send
     * @param target where the flow is to go
     */
    @Nullable
    FlowSharderReason onOpen(int flow, long credit, String target);

    /**
     * A piece of a flow's stream.
     *
     * @param flow its number
     * @param offset of the first byte
     * @param payload borrowed: to be retained by who keeps it
     * @param fin whether the stream ends behind it
     * @param sourceWaits whether its source has more than the legs take, and waits
     */
    @Nullable
    FlowSharderReason onData(int flow, long offset, ByteBuf payload, boolean fin, boolean sourceWaits);

    /**
     * The other side tells what it has of a flow's stream.
     *
     * @param flow its number
     * @param delivered offset up to which it passed the stream on, the end of the stream counting as one
     * @param credit up to which offset it takes more
     * @param ranges what came out of order; reused for the next frame
     * @param connected whether the other side has the flow's target
     */
    @Nullable
    FlowSharderReason onAck(int flow, long delivered, long credit, AckRanges ranges, boolean connected);

    /**
     * The other side ends a flow at once.
     *
     * @param flow its number
     * @param code why
     */
    @Nullable
    FlowSharderReason onReset(int flow, int code);
}
