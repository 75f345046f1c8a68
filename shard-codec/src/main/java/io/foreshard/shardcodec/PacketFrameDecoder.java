package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into packets: a 32-bit length before each packet, checked before anything is allocated.
 *
 * <p>Fires one {@link ByteBuf} per packet, a retained slice that the next handler releases. An impossible length is counted, and
 * the stream is closed, as its frame borders are lost. One instance per channel.
 */
public final class PacketFrameDecoder extends ByteToMessageDecoder {

    private static final int LENGTH_BYTES = 4;

    private final Consumer<? super WireReason> drops;
    private boolean lost;

    /**
     * Makes a decoder.
     *
     * @param drops is told of a stream that had to be closed
     */
    public PacketFrameDecoder(Consumer<? super WireReason> drops) {
        this.drops = drops;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (lost) {
            in.skipBytes(in.readableBytes());
        } else if (in.readableBytes() >= LENGTH_BYTES) {
            decodeFrame(ctx, in, out);
        }
    }

    private void decodeFrame(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        long length = in.getUnsignedInt(in.readerIndex());
        if (length < WireFormat.CONTROL_OVERHEAD_BYTES || length > WireFormat.MAX_STREAM_PACKET_BYTES) {
            lost = true;
            in.skipBytes(in.readableBytes());
            drops.accept(WireReason.BAD_FRAME_LENGTH);
            ctx.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        } else if (in.readableBytes() >= LENGTH_BYTES + length) {
            in.skipBytes(LENGTH_BYTES);
            out.add(in.readRetainedSlice((int) length));
        }
    }
}
