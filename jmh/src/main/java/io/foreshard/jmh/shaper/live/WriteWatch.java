package io.foreshard.jmh.shaper.live;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;

/** Tells of each packet that goes on to the socket, and when. */
final class WriteWatch extends ChannelOutboundHandlerAdapter {

    private final Listener listener;

    /** Is told, on the event loop. */
    interface Listener {
        void written(DatagramPacket packet, long nowNanos);
    }

    WriteWatch(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof DatagramPacket packet) {
            listener.written(packet, System.nanoTime());
        }
        ctx.write(message, promise);
    }
}
