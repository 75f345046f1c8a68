package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.names.HostNames;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.jspecify.annotations.Nullable;

/** Chooses the channels that fit the application's event loops, and sets them up. */
final class EdgeSockets {

    private static final int BACKLOG = 4096;
    private static final int LEAST_READ_BYTES = 512;
    private static final int FIRST_READ_BYTES = 4 << 10;
    private static final int MOST_READ_BYTES = 256 << 10;

    /** What a leg's socket takes beyond what TCP has sent: what waits there cannot go over another leg any more. */
    private static final long NOT_SENT_BYTES = 64 << 10;

    private static final WriteBufferWaterMark LEG_WATER_MARK = new WriteBufferWaterMark(32 << 10, 64 << 10);

    private final EventLoopGroup group;
    private final ByteBufAllocator allocator;
    private final boolean epoll;
    private final ChannelFactory<? extends ServerSocketChannel> servers;
    private final ChannelFactory<? extends SocketChannel> clients;

    /** What an application brings instead of sockets. */
    record Factories(
            ChannelFactory<? extends ServerSocketChannel> servers, ChannelFactory<? extends SocketChannel> clients) {}

    EdgeSockets(EventLoopGroup group, ByteBufAllocator allocator, @Nullable Factories custom) {
        this.group = group;
        this.allocator = allocator;
        epoll = custom == null && isEpoll(group);
        if (custom != null) {
            servers = custom.servers();
            clients = custom.clients();
        } else {
            servers = epoll ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
            clients = epoll ? EpollSocketChannel::new : NioSocketChannel::new;
        }
    }

    private static boolean isEpoll(EventLoopGroup group) {
        return Epoll.isAvailable() && group instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class);
    }

    /** Returns what looks names up from the event loops. */
    HostNames names() {
        return HostNames.byDns(epoll ? EpollDatagramChannel::new : NioDatagramChannel::new, clients);
    }

    ServerBootstrap server(ChannelHandler accepted) {
        return new ServerBootstrap()
                .group(group)
                .channelFactory(servers)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(accepted);
    }

    Bootstrap client(EventLoop loop, int connectTimeoutMillis, ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(clients)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis)
                .handler(handler);
    }

    /** Sets a leg up: little waits in it. */
    void configureLeg(Channel channel) {
        configure(channel);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, LEG_WATER_MARK);
        if (epoll) {
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

    /** Closes so that the other end learns that something is missing (RFC 9293, section 3.10.7.4). */
    static void reset(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException goneAlready) {
            // Then there is nothing to tell.
        }
        channel.close();
    }
}
