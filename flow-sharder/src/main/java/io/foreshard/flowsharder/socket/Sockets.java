package io.foreshard.flowsharder.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Makes channels: those that fit the application's event loops, or what it brings instead.
 *
 * @param name what they are, in a word
 * @param isEpoll whether options of epoll can be set
 * @param servers makes channels that accept
 * @param clients makes channels that connect
 * @param datagrams makes channels for datagrams: NIO's unless the event loops are of epoll
 */
public record Sockets(
        String name,
        boolean isEpoll,
        ChannelFactory<? extends ServerSocketChannel> servers,
        ChannelFactory<? extends SocketChannel> clients,
        ChannelFactory<? extends DatagramChannel> datagrams) {

    private static final int BACKLOG = 4096;

    /**
     * Returns those that fit.
     *
     * @param group the event loops
     */
    public static Sockets fitting(EventLoopGroup group) {
        return isEpoll(group)
                ? new Sockets(
                        "epoll",
                        true,
                        EpollServerSocketChannel::new,
                        EpollSocketChannel::new,
                        EpollDatagramChannel::new)
                : new Sockets(
                        "NIO", false, NioServerSocketChannel::new, NioSocketChannel::new, NioDatagramChannel::new);
    }

    private static boolean isEpoll(EventLoopGroup group) {
        return Epoll.isAvailable() && group instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class);
    }

    /**
     * Returns those of an application.
     *
     * @param group the event loops
     * @param servers makes channels that accept
     * @param clients makes channels that connect
     */
    public static Sockets custom(
            EventLoopGroup group,
            ChannelFactory<? extends ServerSocketChannel> servers,
            ChannelFactory<? extends SocketChannel> clients) {
        return new Sockets("custom", false, servers, clients, fitting(group).datagrams);
    }

    /**
     * Returns what accepts.
     *
     * @param group the event loops
     * @param accepted sets up what was accepted
     */
    public ServerBootstrap server(EventLoopGroup group, ChannelHandler accepted) {
        return new ServerBootstrap()
                .group(group)
                .channelFactory(servers)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(accepted);
    }

    /**
     * Returns what connects.
     *
     * @param loop the channel's
     * @param connectTimeoutMillis how long it may take
     * @param handler sets the channel up
     */
    public Bootstrap client(EventLoop loop, int connectTimeoutMillis, ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(clients)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis)
                .handler(handler);
    }

    /** Closes so that the other end learns that something is missing (RFC 9293, section 3.10.7.4). */
    public static void reset(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException goneAlready) {
            // Then there is nothing to tell.
        }
        channel.close();
    }
}
