package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.session.Leg;
import io.foreshard.flowsharder.session.LegEndReason;
import io.foreshard.flowsharder.session.LegPort;
import io.foreshard.flowsharder.session.Session;
import io.foreshard.flowsharder.socket.Sockets;
import io.foreshard.flowsharder.wire.FrameReader;
import io.foreshard.flowsharder.wire.FrameWriter;
import io.foreshard.runtime.ReasonCounters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of a leg, at either end: a stranger at first, then part of a session. */
abstract class LegChannel extends ChannelInboundHandlerAdapter implements LegPort {

    private static final Logger LOG = LoggerFactory.getLogger(LegChannel.class);

    final Channel channel;
    final FrameReader reader;
    final FrameWriter writer;
    private ReasonCounters<FlowSharderReason> counters;
    private LoopClock clock;
    private @Nullable Session session;
    private @Nullable Leg leg;
    private boolean finished;

    LegChannel(Channel channel, ReasonCounters<FlowSharderReason> counters, LoopClock clock) {
        this.channel = channel;
        this.counters = counters;
        this.clock = clock;
        reader = new FrameReader(channel.alloc(), new BeforeJoin());
        writer = new FrameWriter(channel.alloc());
    }

    /** The leg is done without ever having joined. */
    abstract void onRefused();

    /** The channel belongs to another loop from now on. */
    void move(ReasonCounters<FlowSharderReason> otherCounters, LoopClock otherClock) {
        counters = otherCounters;
        clock = otherClock;
    }

    long nowNanos() {
        return clock.nowNanos();
    }

    ReasonCounters<FlowSharderReason> counters() {
        return counters;
    }

    /** Both sides know each other's secret: frames belong to the session from now on. */
    Leg join(Session joined, int id, long checksumKey, long roundTripNanos) {
        reader.key(checksumKey);
        writer.key(checksumKey);
        Leg member = joined.join(id, this, writer, roundTripNanos, nowNanos());
        session = joined;
        leg = member;
        reader.sink(joined.input(member));
        return member;
    }

    boolean hasJoined() {
        return leg != null;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (session != null) {
            session.onRead(nowNanos());
        }
        FlowSharderReason reason = reader.read(bytes);
        if (reason != null) {
            fail(reason);
        }
    }

    /** Closes the leg for what came over it. */
    void fail(FlowSharderReason reason) {
        if (finished) {
            return;
        }
        counters.count(reason);
        LOG.debug("{} is closed: {}", channel, reason);
        if (session != null && leg != null) {
            session.onLegFailed(leg, LegEndReason.BAD_FRAME, nowNanos());
        }
        close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (session != null && leg != null) {
            session.onReadComplete(leg, reader.bytes(), nowNanos());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (session != null && channel.isWritable()) {
            session.onWritable(nowNanos());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reader.close();
        if (session != null && leg != null) {
            session.onLegClosed(leg, nowNanos());
        } else {
            onRefused();
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
    public void write(ByteBuf frame) {
        channel.write(frame, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public long waitingBytes() {
        return channel.isWritable() ? 0 : channel.bytesBeforeWritable();
    }

    @Override
    public void close() {
        finished = true;
        Sockets.reset(channel);
    }

    @Override
    public void finish() {
        finished = true;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
