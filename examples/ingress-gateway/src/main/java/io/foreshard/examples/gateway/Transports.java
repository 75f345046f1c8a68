package io.foreshard.examples.gateway;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;

/** epoll where it is there, else NIO. Stateless. */
final class Transports {

    private Transports() {}

    static EventLoopGroup group(int loops, Cleanup cleanup) {
        return group(loops, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory(), cleanup);
    }

    static EventLoopGroup nioGroup(Cleanup cleanup) {
        return group(1, NioIoHandler.newFactory(), cleanup);
    }

    private static EventLoopGroup group(int loops, IoHandlerFactory handlers, Cleanup cleanup) {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(loops, handlers);
        cleanup.add(() -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS));
        return group;
    }

    static ChannelFactory<ServerChannel> listeners() {
        return Epoll.isAvailable() ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
    }

    static ChannelFactory<SocketChannel> streams() {
        return Epoll.isAvailable() ? EpollSocketChannel::new : NioSocketChannel::new;
    }

    static String name() {
        return Epoll.isAvailable() ? "epoll" : "NIO";
    }
}
