package io.foreshard.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the stream channels that fit the application's event loops, and sets them up so that little waits where it cannot be overtaken:
 * in Netty's buffer and, where the system can be told, in the socket's.
 */
final class StreamSetup {

    /** Two of the largest packets, and a few. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 128 << 10);

    /** What the socket takes beyond what TCP has sent: enough for one run of the loop. */
    private static final long NOT_SENT_BYTES = 128 << 10;

    private static final int BACKLOG = 1024;
    private static final String SHORT_QUEUE = "short send queue";

    private final ShardEndpointBuilder builder;
    private final boolean epoll;
    private final ChannelFactory<? extends ServerSocketChannel> servers;
    private final ChannelFactory<? extends SocketChannel> clients;
    private final List<Capability> capabilities = new ArrayList<>();

    StreamSetup(ShardEndpointBuilder builder) {
        this.builder = builder;
        ShardEndpointBuilder.StreamFactories custom = builder.streamFactories;
        epoll = custom == null && ChannelSetup.isEpoll(builder.group);
        if (custom != null) {
            servers = custom.servers();
            clients = custom.clients();
        } else if (epoll) {
            servers = EpollServerSocketChannel::new;
            clients = EpollSocketChannel::new;
        } else {
            servers = NioServerSocketChannel::new;
            clients = NioSocketChannel::new;
        }
        capabilities.add(
                new Capability("transport", true, "TCP, " + (custom != null ? "custom" : epoll ? "epoll" : "NIO")));
        capabilities.add(new Capability(
                SHORT_QUEUE,
                epoll,
                epoll ? "TCP_NOTSENT_LOWAT" : "no option for it here; the session's window bounds what waits"));
        if (!builder.markedClasses.isEmpty()) {
            capabilities.add(
                    new Capability(ChannelSetup.MARKS, false, "every connection carries all classes, in their order"));
        }
    }

    List<Capability> capabilities() {
        return List.copyOf(capabilities);
    }

    /** Returns a bootstrap of a socket that accepts; its handler is given the accepted channels, not registered. */
    Bootstrap server(EventLoop loop, ChannelHandler acceptor) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(servers)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.AUTO_READ, false)
                .handler(acceptor);
    }

    Bootstrap client(EventLoop loop, ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(clients)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis())
                .handler(handler);
    }

    private int timeoutMillis() {
        return (int) Math.min(Integer.MAX_VALUE, builder.config.handshakeTimeoutNanos / 1_000_000);
    }

    /** Sets a connection up, on either side. */
    void configure(Channel channel) {
        channel.config().setOption(ChannelOption.ALLOCATOR, builder.allocator);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        if (epoll) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, NOT_SENT_BYTES);
            channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, timeoutMillis());
        }
    }
}
