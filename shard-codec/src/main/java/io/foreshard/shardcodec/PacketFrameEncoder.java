package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/**
 * Puts the 32-bit length before each packet of a byte stream. Takes {@link ByteBuf}s and releases them; one instance per channel.
 */
public final class PacketFrameEncoder extends MessageToByteEncoder<ByteBuf> {

    /** Makes an encoder. */
    public PacketFrameEncoder() {
        super(ByteBuf.class);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, ByteBuf packet, ByteBuf out) {
        out.writeInt(packet.readableBytes());
        out.writeBytes(packet);
    }
}
