package io.foreshard.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of the pipeline of an endpoint's own channel: datagrams go to the router, no exception goes further. */
final class EndpointHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointHandler.class);

    private final LoopRouter router;
    private final SessionLoop loop;
    private final int index;

    EndpointHandler(LoopRouter router, SessionLoop loop, int index) {
        this.router = router;
        this.loop = loop;
        this.index = index;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof DatagramPacket datagram) {
            router.route(datagram.content(), datagram.sender(), index);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.serve();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("A datagram could not be written or read", cause);
        } else {
            LOG.warn("Unexpected on {}", ctx.channel(), cause);
        }
    }
}
