package io.foreshard.flowsharder.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Puts the frames of one direction of a leg together, in the order in which they are to be sent. What it returns belongs to the caller.
 * Not safe for use by several threads.
 */
public final class FrameWriter {

    private final FrameSeal seal = new FrameSeal();
    private final ByteBufAllocator allocator;
    private long bytes;

    /**
     * Makes a writer.
     *
     * @param allocator for the frames
     */
    public FrameWriter(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * Sets the key of checksums from the next frame on, 0 at first.
     *
     * @param key the same as the other side's reader has
     */
    public void key(long key) {
        seal.key(key);
    }

    /** Returns the bytes of all frames so far. */
    public long bytes() {
        return bytes;
    }

    /**
     * Writes a token.
     *
     * @param token signed
     * @return the frame
     */
    public ByteBuf join(JoinToken token) {
        ByteBuf frame = begin(FrameType.JOIN, 0, 0, JoinToken.BYTES);
        token.write(frame);
        return end(frame);
    }

    /**
     * Writes the answer to a token.
     *
     * @param proof signed
     * @return the frame
     */
    public ByteBuf joined(JoinProof proof) {
        ByteBuf frame = begin(FrameType.JOINED, 0, 0, JoinProof.BYTES);
        proof.write(frame);
        return end(frame);
    }

    /** Writes a question for life, and returns the frame. */
    public ByteBuf ping() {
        return end(begin(FrameType.PING, 0, 0, 0));
    }

    /**
     * Writes what came over this leg.
     *
     * @param receivedBytes of frames, 0 or more
     * @return the frame
     */
    public ByteBuf legAck(long receivedBytes) {
        return end(begin(FrameType.LEG_ACK, 0, 0, Long.BYTES).writeLong(receivedBytes));
    }

    /** Writes that nothing more comes over this leg, and returns the frame. */
    public ByteBuf leave() {
        return end(begin(FrameType.LEAVE, 0, 0, 0));
    }

    /**
     * Writes the beginning of a flow.
     *
     * @param flow its number, not 0
     * @param credit up to which offset we take what comes back
     * @param target 1 to {@value LegFormat#MAX_TARGET_BYTES} bytes of UTF-8
     * @return the frame
     * @throws IllegalArgumentException if the target is empty or too long
     */
    public ByteBuf open(int flow, long credit, String target) {
        byte[] name = target.getBytes(StandardCharsets.UTF_8);
        int length = name.length;
        if (length == 0 || length > LegFormat.MAX_TARGET_BYTES) {
            throw new IllegalArgumentException(
                    "target: " + length + " bytes (expected: 1 to " + LegFormat.MAX_TARGET_BYTES + ")");
        }
        return end(begin(FrameType.OPEN, 0, flow, Long.BYTES + length)
                .writeLong(credit)
                .writeBytes(name));
    }

    /**
     * Writes what is before a piece of a stream; the piece is to follow it at once.
     *
     * @param flow its number, not 0
     * @param offset of the piece's first byte
     * @param payload at most {@value LegFormat#MAX_DATA_BYTES} bytes; only read, neither moved nor released
     * @param fin whether the stream ends behind it
     * @param sourceWaits whether its source has more than the legs take, and waits
     * @return the frame without the piece
     */
    public ByteBuf dataHeader(int flow, long offset, ByteBuf payload, boolean fin, boolean sourceWaits) {
        int flags = (fin ? LegFormat.FLAG_FIN : 0) | (sourceWaits ? LegFormat.FLAG_SOURCE_WAITS : 0);
        int length = payload.readableBytes();
        ByteBuf frame = allocator.buffer(LegFormat.DATA_OVERHEAD_BYTES, LegFormat.DATA_OVERHEAD_BYTES);
        writeHeader(frame, FrameType.DATA, flags, flow, Long.BYTES + length);
        frame.writeLong(offset);
        frame.setInt(LegFormat.CHECK_INDEX, seal.next(frame, 0, LegFormat.DATA_OVERHEAD_BYTES, payload));
        bytes += LegFormat.DATA_OVERHEAD_BYTES + length;
        return frame;
    }

    /**
     * Writes what is there of a stream.
     *
     * @param flow its number, not 0
     * @param delivered offset up to which it was passed on
     * @param credit up to which offset more may come
     * @param ranges what came out of order, each beyond what was delivered
     * @param connected whether we have the flow's target
     * @return the frame
     */
    public ByteBuf ack(int flow, long delivered, long credit, AckRanges ranges, boolean connected) {
        int flags = connected ? LegFormat.FLAG_CONNECTED : 0;
        ByteBuf frame = begin(FrameType.ACK, flags, flow, 2 * Long.BYTES + ranges.size() * AckRanges.BYTES);
        frame.writeLong(delivered).writeLong(credit);
        for (int i = 0; i < ranges.size(); i++) {
            frame.writeLong(ranges.from(i)).writeLong(ranges.to(i));
        }
        return end(frame);
    }

    /**
     * Writes the end of a flow.
     *
     * @param flow its number, not 0
     * @param code why, 0 to 65535
     * @return the frame
     */
    public ByteBuf reset(int flow, int code) {
        return end(begin(FrameType.RESET, 0, flow, Short.BYTES).writeShort(code));
    }

    private ByteBuf begin(FrameType type, int flags, int flow, int length) {
        ByteBuf frame = allocator.buffer(LegFormat.HEADER_BYTES + length, LegFormat.HEADER_BYTES + length);
        writeHeader(frame, type, flags, flow, length);
        return frame;
    }

    private static void writeHeader(ByteBuf frame, FrameType type, int flags, int flow, int length) {
        frame.writeByte(type.code)
                .writeByte(flags)
                .writeShort(length)
                .writeInt(flow)
                .writeInt(0);
    }

    private ByteBuf end(ByteBuf frame) {
        int length = frame.readableBytes() - LegFormat.HEADER_BYTES;
        frame.setInt(LegFormat.CHECK_INDEX, seal.next(frame, 0, frame, LegFormat.HEADER_BYTES, length));
        bytes += frame.readableBytes();
        return frame;
    }
}
