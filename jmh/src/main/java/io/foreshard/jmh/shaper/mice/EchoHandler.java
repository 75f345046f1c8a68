package io.foreshard.jmh.shaper.mice;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

/** Tells of each echo. */
final class EchoHandler extends SimpleChannelInboundHandler<DatagramPacket> {

    private final Listener listener;

    /** Is told, on the event loop. */
    interface Listener {
        /** Takes an echo, which stays the caller's. */
        void echoed(Channel channel, ByteBuf echo);
    }

    EchoHandler(Listener listener) {
        this.listener = listener;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket message) {
        if (Packet.isOne(message.content())) {
            listener.echoed(ctx.channel(), message.content());
        }
    }
}
