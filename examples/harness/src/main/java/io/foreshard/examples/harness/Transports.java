package io.foreshard.examples.harness;

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
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** epoll where it is there, else NIO. Stateless. */
public final class Transports {

    private static final long START_SECONDS = 10;

    private Transports() {}

    /**
     * Returns new event loops.
     *
     * @param loops how many
     * @param cleanup owns them
     */
    public static EventLoopGroup group(int loops, Cleanup cleanup) {
        return group(loops, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory(), cleanup);
    }

    /**
     * Returns a new event loop of NIO, as the simulator's relays need it.
     *
     * @param cleanup owns it
     */
    public static EventLoopGroup nioGroup(Cleanup cleanup) {
        return group(1, NioIoHandler.newFactory(), cleanup);
    }

    private static EventLoopGroup group(int loops, IoHandlerFactory handlers, Cleanup cleanup) {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(loops, handlers);
        cleanup.add(() -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS));
        return group;
    }

    /** Returns what makes the sockets that accept, for loops of {@link #group}. */
    public static ChannelFactory<ServerChannel> listeners() {
        return Epoll.isAvailable() ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
    }

    /** Returns what makes the sockets that connect, for loops of {@link #group}. */
    public static ChannelFactory<SocketChannel> streams() {
        return Epoll.isAvailable() ? EpollSocketChannel::new : NioSocketChannel::new;
    }

    /** Returns what {@link #group} uses, in words. */
    public static String name() {
        return Epoll.isAvailable() ? "epoll" : "NIO";
    }

    /**
     * Waits for something that is being started; not on an event loop.
     *
     * @param future completes when it is
     * @param <T> what it is
     * @throws IOException if it fails or takes more than 10 s
     */
    public static <T> T started(Future<T> future) throws IOException {
        if (!future.awaitUninterruptibly(START_SECONDS, TimeUnit.SECONDS) || !future.isSuccess()) {
            throw new IOException("cannot start: " + future.cause(), future.cause());
        }
        return future.getNow();
    }
}
