package io.foreshard.jmh.shaper.mice;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Writes into each packet when it goes on to the socket. */
final class DepartureStamp extends ChannelOutboundHandlerAdapter {

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf packet) {
            Packet.stamp(packet, System.nanoTime());
        }
        ctx.write(message, promise);
    }
}
