package io.foreshard.flowsharder.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side of a leg: what its channel reads is written to the other side's, and asked for only while that one takes it. A side is done when
 * its input has ended and its output is shut; it is closed then, whatever the other one still has to write, as a socket that is closed in
 * both directions wakes its event loop for ever.
 */
final class Forwarder extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);

    private final Leg leg;
    private final Channel channel;
    private final RelayLoop.Tally bytes;
    private boolean inputEnded;
    private boolean outputEnded;

    Forwarder(Leg leg, Channel channel, RelayLoop.Tally bytes) {
        this.leg = leg;
        this.channel = channel;
        this.bytes = bytes;
    }

    Channel channel() {
        return channel;
    }

    /** Asks for more if the other side takes it. */
    void readMore() {
        if (!inputEnded && twin().isWritable()) {
            channel.read();
        }
    }

    /** Passes on what came; takes the buffer. */
    void forward(ByteBuf data) {
        bytes.add(data.readableBytes());
        Channel to = twin();
        to.write(data, to.voidPromise());
    }

    /** Passes the end on behind all that is still to be written. */
    void endInput() {
        if (!inputEnded) {
            inputEnded = true;
            twin().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(leg.other(this)::endOutput);
            closeIfDone();
        }
    }

    private void endOutput(Future<?> written) {
        if (written.isSuccess() && !outputEnded) {
            outputEnded = true;
            if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
            closeIfDone();
        }
    }

    private void closeIfDone() {
        if (isDone()) {
            channel.close();
        }
    }

    private boolean isDone() {
        return inputEnded && outputEnded;
    }

    private Channel twin() {
        return leg.other(this).channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf data && !leg.isBroken()) {
            forward(data);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        twin().flush();
        readMore();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            leg.other(this).readMore();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && !leg.isBroken()) {
            endInput();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!isDone()) {
            leg.breakOff();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, @Nullable Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("{} is closed", channel, cause);
        }
        leg.breakOff();
    }
}
