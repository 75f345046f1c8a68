package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.names.HostNames;
import io.foreshard.flowsharder.socket.Sockets;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import org.jspecify.annotations.Nullable;

/** Makes the connections of an edge, and sets them up. */
final class EdgeSockets {

    private static final int LEAST_READ_BYTES = 512;
    private static final int FIRST_READ_BYTES = 4 << 10;
    private static final int MOST_READ_BYTES = 256 << 10;

    /** What a leg's socket takes beyond what TCP has sent: what waits there cannot go over another leg any more. */
    private static final long NOT_SENT_BYTES = 64 << 10;

    private static final WriteBufferWaterMark LEG_WATER_MARK = new WriteBufferWaterMark(32 << 10, 64 << 10);

    private final EventLoopGroup group;
    private final ByteBufAllocator allocator;
    private final Sockets sockets;

    EdgeSockets(EventLoopGroup group, ByteBufAllocator allocator, @Nullable Sockets custom) {
        this.group = group;
        this.allocator = allocator;
        sockets = custom == null ? Sockets.fitting(group) : custom;
    }

    /** Returns what looks names up from the event loops. */
    HostNames names() {
        return HostNames.byDns(sockets.datagrams(), sockets.clients());
    }

    ServerBootstrap server(ChannelHandler accepted) {
        return sockets.server(group, accepted);
    }

    Bootstrap client(EventLoop loop, int connectTimeoutMillis, ChannelHandler handler) {
        return sockets.client(loop, connectTimeoutMillis, handler);
    }

    /** Sets a leg up: little waits in it. */
    void configureLeg(Channel channel) {
        configure(channel);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, LEG_WATER_MARK);
        if (sockets.isEpoll()) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, NOT_SENT_BYTES);
        }
    }

    /** Sets a connection of an application up. */
    void configureEnd(Channel channel) {
        configure(channel);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    private void configure(Channel channel) {
        channel.config().setOption(ChannelOption.ALLOCATOR, allocator);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config()
                .setOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(LEAST_READ_BYTES, FIRST_READ_BYTES, MOST_READ_BYTES));
    }
}
