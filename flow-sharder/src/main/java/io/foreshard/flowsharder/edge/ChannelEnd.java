package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.session.Flow;
import io.foreshard.flowsharder.session.FlowEnd;
import io.foreshard.flowsharder.session.ResetReason;
import io.foreshard.flowsharder.socket.Sockets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of an application as the end of a flow: what it brings goes into the flow, what the flow brings goes to it, and so do the
 * ends of either direction and resets. It is read only while the flow has room. Nothing is read before it has a flow.
 */
final class ChannelEnd extends ChannelInboundHandlerAdapter implements FlowEnd {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelEnd.class);

    private final Channel channel;
    private final LoopClock clock;
    private @Nullable TargetListener asking;
    private @Nullable Flow flow;
    private final RenewedOutput output;
    private long unflushed;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean over;

    ChannelEnd(Channel channel, LoopClock clock, @Nullable TargetListener asking) {
        this.channel = channel;
        this.clock = clock;
        this.asking = asking;
        output = new RenewedOutput(channel, this::taken);
    }

    /** From now on what the connection brings goes into a flow. */
    void start(Flow carrier) {
        flow = carrier;
        channel.config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (flow != null && message instanceof ByteBuf bytes) {
            flow.send(bytes);
            if (!flow.hasRoom()) {
                channel.config().setAutoRead(false);
            }
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (flow != null) {
            flow.flush(clock.nowNanos());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && flow != null) {
            inputEnded = true;
            if (channel instanceof EpollSocketChannel) {
                output.use();
            }
            flow.finish(clock.nowNanos());
            closeIfOver();
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        output.close();
        if (flow != null && !over) {
            over = true;
            flow.reset(ResetReason.CONNECTION_RESET, clock.nowNanos());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("{} failed", channel, cause);
        } else {
            LOG.warn("Unexpected on {}", channel, cause);
        }
        channel.close();
    }

    @Override
    public void onData(ByteBuf piece) {
        unflushed += piece.readableBytes();
        output.write(piece);
    }

    @Override
    public void onDataComplete() {
        long bytes = unflushed;
        if (bytes == 0) {
            return;
        }
        unflushed = 0;
        output.flush(bytes);
    }

    private void taken(long bytes) {
        if (flow != null) {
            flow.taken(bytes, clock.nowNanos());
        }
    }

    @Override
    public void onConnected() {
        TargetListener told = asking;
        asking = null;
        if (told != null) {
            told.onConnected();
        }
    }

    @Override
    public void onEnd() {
        output.then(() -> {
            outputEnded = true;
            if (!inputEnded && channel instanceof DuplexChannel duplex && channel.isActive()) {
                duplex.shutdownOutput();
            }
            closeIfOver();
        });
    }

    private void closeIfOver() {
        if (inputEnded && outputEnded && !over) {
            over = true;
            channel.close();
        }
    }

    @Override
    public void onReset(ResetReason reason) {
        over = true;
        TargetListener told = asking;
        asking = null;
        if (told == null) {
            Sockets.reset(channel);
        } else {
            told.onRefused(TargetRefusal.of(reason));
        }
    }

    @Override
    public void onRoom() {
        // A socket whose input has ended must not be asked for more: epoll may know nothing of it any more.
        if (!inputEnded) {
            channel.config().setAutoRead(true);
        }
    }
}
