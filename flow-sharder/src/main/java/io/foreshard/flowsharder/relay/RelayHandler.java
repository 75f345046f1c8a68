package io.foreshard.flowsharder.relay;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * The end of the pipeline of a connection that came to a {@link Relay}: reads the header, connects to the next hop, and passes on what
 * follows. The channel has to be a TCP connection on one of the relay's event loops, and gives {@code ByteBuf}s, which this takes. Used once.
 *
 * <p>On epoll loops the channel then leaves its event loop, and what follows the header is moved from socket to socket: handlers before this one
 * see nothing of it, so TLS cannot be one of them.
 */
public final class RelayHandler extends ChannelInboundHandlerAdapter {

    private final DefaultRelay relay;

    RelayHandler(DefaultRelay relay) {
        this.relay = relay;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            begin(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        begin(ctx);
    }

    private void begin(ChannelHandlerContext ctx) {
        Reception reception = new Reception(relay, ctx.channel());
        ctx.pipeline().replace(this, null, reception);
        reception.begin();
    }
}
