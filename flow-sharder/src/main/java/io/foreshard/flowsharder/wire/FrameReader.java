package io.foreshard.flowsharder.wire;

import io.foreshard.flowsharder.FlowSharderReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes a leg's bytes apart. What is whole in a buffer is handed on as a slice of it; only a frame that lies across two buffers is
 * copied. Holds one frame at most, and takes room for it only as its bytes come. Never throws on what comes over the wire. Not safe for
 * use by several threads.
 */
public final class FrameReader {

    private static final int ROOM_PER_BYTE = 4;

    private final FrameSeal seal = new FrameSeal();
    private final AckRanges ranges = new AckRanges();
    private final ByteBufAllocator allocator;
    private FrameSink sink;
    private @Nullable ByteBuf part;
    private @Nullable FlowSharderReason broken;
    private long bytes;

    /**
     * Makes a reader for one direction of one leg.
     *
     * @param allocator for frames that lie across buffers
     * @param sink takes the frames
     */
    public FrameReader(ByteBufAllocator allocator, FrameSink sink) {
        this.allocator = allocator;
        this.sink = sink;
    }

    /**
     * Sets the key of checksums, 0 at first. May be called from the sink, for all frames after the one in hand.
     *
     * @param key the same as the other side's writer has
     */
    public void key(long key) {
        seal.key(key);
    }

    /**
     * Sets who takes frames. May be called from the sink, for all frames after the one in hand.
     *
     * @param next takes them from now on
     */
    public void sink(FrameSink next) {
        sink = next;
    }

    /** Returns the bytes of the frames that were taken. */
    public long bytes() {
        return bytes;
    }

    /**
     * Takes what came.
     *
     * @param in released here
     * @return {@code null}, or why the leg is to be closed: then, and for all that comes after that, nothing is read
     */
    public @Nullable FlowSharderReason read(ByteBuf in) {
        try {
            while (broken == null && in.isReadable()) {
                broken = part == null ? readWhole(in) : readRest(part, in);
            }
            return broken;
        } finally {
            in.release();
            if (broken != null) {
                close();
            }
        }
    }

    /** Gives back what is held of a frame. */
    public void close() {
        if (part != null) {
            part.release();
            part = null;
        }
    }

    private @Nullable FlowSharderReason readWhole(ByteBuf in) {
        int available = in.readableBytes();
        if (available < LegFormat.HEADER_BYTES) {
            keep(in);
            return null;
        }
        int index = in.readerIndex();
        FlowSharderReason fault = fault(in, index);
        if (fault != null) {
            return fault;
        }
        int frameBytes = frameBytes(in, index);
        if (available < frameBytes) {
            keep(in);
            return null;
        }
        in.skipBytes(frameBytes);
        return take(in, index, frameBytes);
    }

    /** Who sends nothing but headers gets no room for frames: what is kept grows with what comes. */
    private void keep(ByteBuf in) {
        int most = LegFormat.DATA_OVERHEAD_BYTES + LegFormat.MAX_DATA_BYTES;
        int capacity = Math.min(most, ROOM_PER_BYTE * in.readableBytes() + LegFormat.HEADER_BYTES);
        part = allocator.buffer(capacity, most).writeBytes(in);
    }

    private @Nullable FlowSharderReason readRest(ByteBuf frame, ByteBuf in) {
        if (!fill(frame, in, LegFormat.HEADER_BYTES)) {
            return null;
        }
        FlowSharderReason fault = fault(frame, 0);
        if (fault != null || !fill(frame, in, frameBytes(frame, 0))) {
            return fault;
        }
        part = null;
        try {
            return take(frame, 0, frame.readableBytes());
        } finally {
            frame.release();
        }
    }

    /** Returns whether the frame has so many bytes now. */
    private static boolean fill(ByteBuf frame, ByteBuf in, int wanted) {
        int missing = wanted - frame.readableBytes();
        if (missing > 0) {
            frame.writeBytes(in, Math.min(missing, in.readableBytes()));
        }
        return frame.readableBytes() >= wanted;
    }

    private static int frameBytes(ByteBuf in, int index) {
        return LegFormat.HEADER_BYTES + in.getUnsignedShort(index + LegFormat.LENGTH_INDEX);
    }

    /** Returns what is wrong with a header, before anything is kept for its frame. */
    private static @Nullable FlowSharderReason fault(ByteBuf in, int index) {
        FrameType type = FrameType.of(in.getUnsignedByte(index));
        if (type == null) {
            return FlowSharderReason.MALFORMED_FRAME;
        }
        int length = in.getUnsignedShort(index + LegFormat.LENGTH_INDEX);
        if (length > type.mostBytes) {
            return FlowSharderReason.OVERSIZE_FRAME;
        }
        boolean ofFlow = in.getInt(index + LegFormat.FLOW_INDEX) != 0;
        int flags = in.getUnsignedByte(index + 1);
        boolean known = (flags & ~type.flags) == 0;
        return length < type.leastBytes || ofFlow != type.ofFlow || !known ? FlowSharderReason.MALFORMED_FRAME : null;
    }

    private @Nullable FlowSharderReason take(ByteBuf in, int index, int frameBytes) {
        int content = index + LegFormat.HEADER_BYTES;
        int length = frameBytes - LegFormat.HEADER_BYTES;
        if (in.getInt(index + LegFormat.CHECK_INDEX) != seal.next(in, index, in, content, length)) {
            return FlowSharderReason.CHECKSUM;
        }
        bytes += frameBytes;
        FrameType type = FrameType.of(in.getUnsignedByte(index));
        int flow = in.getInt(index + LegFormat.FLOW_INDEX);
        if (type == FrameType.DATA) {
            return data(in, content, length, flow, in.getByte(index + 1));
        }
        return type == null ? FlowSharderReason.MALFORMED_FRAME : dispatch(type, in, index, length, flow);
    }

    private @Nullable FlowSharderReason dispatch(FrameType type, ByteBuf in, int index, int length, int flow) {
        int at = index + LegFormat.HEADER_BYTES;
        return switch (type) {
            case JOIN -> sink.onJoin(JoinToken.read(in, at));
            case JOINED -> sink.onJoined(JoinProof.read(in, at));
            case PING -> sink.onPing();
            case LEG_ACK -> in.getLong(at) < 0 ? FlowSharderReason.MALFORMED_FRAME : sink.onLegAck(in.getLong(at));
            case LEAVE -> sink.onLeave();
            case OPEN -> open(in, at, length, flow);
            case ACK -> ack(in, index, length, flow);
            case RESET -> sink.onReset(flow, in.getUnsignedShort(at));
            case DATA -> FlowSharderReason.MALFORMED_FRAME;
        };
    }

    private @Nullable FlowSharderReason open(ByteBuf in, int at, int length, int flow) {
        long credit = in.getLong(at);
        String target = in.toString(at + Long.BYTES, length - Long.BYTES, StandardCharsets.UTF_8);
        return credit < 0 ? FlowSharderReason.MALFORMED_FRAME : sink.onOpen(flow, credit, target);
    }

    private @Nullable FlowSharderReason data(ByteBuf in, int at, int length, int flow, int flags) {
        long offset = in.getLong(at);
        int payload = length - Long.BYTES;
        boolean fin = (flags & LegFormat.FLAG_FIN) != 0;
        boolean sourceWaits = (flags & LegFormat.FLAG_SOURCE_WAITS) != 0;
        boolean empty = payload == 0 && !fin;
        // One more than the last byte, for the end of the stream.
        if (empty || offset < 0 || offset > Long.MAX_VALUE - payload - 1) {
            return FlowSharderReason.MALFORMED_FRAME;
        }
        return sink.onData(flow, offset, in.slice(at + Long.BYTES, payload), fin, sourceWaits);
    }

    private @Nullable FlowSharderReason ack(ByteBuf in, int frame, int length, int flow) {
        int at = frame + LegFormat.HEADER_BYTES;
        long delivered = in.getLong(at);
        long credit = in.getLong(at + Long.BYTES);
        int rest = length - 2 * Long.BYTES;
        if (delivered < 0 || credit < 0 || rest % AckRanges.BYTES != 0) {
            return FlowSharderReason.MALFORMED_FRAME;
        }
        ranges.clear();
        long before = delivered;
        for (int index = at + 2 * Long.BYTES; index < at + length; index += AckRanges.BYTES) {
            long from = in.getLong(index);
            long to = in.getLong(index + Long.BYTES);
            if (from <= before || to <= from) {
                return FlowSharderReason.MALFORMED_FRAME;
            }
            ranges.add(from, to);
            before = to;
        }
        return sink.onAck(flow, delivered, credit, ranges, in.getByte(frame + 1) != 0);
    }
}
