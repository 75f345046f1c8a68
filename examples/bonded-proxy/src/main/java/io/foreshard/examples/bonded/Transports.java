package io.foreshard.examples.bonded;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** epoll where it is there, else NIO. Stateless. */
final class Transports {

    private static final long START_SECONDS = 10;

    private Transports() {}

    static EventLoopGroup best(Cleanup cleanup) {
        return group(Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory(), cleanup);
    }

    static EventLoopGroup nio(Cleanup cleanup) {
        return group(NioIoHandler.newFactory(), cleanup);
    }

    private static EventLoopGroup group(IoHandlerFactory handlers, Cleanup cleanup) {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, handlers);
        cleanup.add(() -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS));
        return group;
    }

    static String name() {
        return Epoll.isAvailable() ? "epoll" : "NIO";
    }

    /** Waits for something that is being started. */
    static <T> T started(Future<T> future) throws IOException {
        if (!future.awaitUninterruptibly(START_SECONDS, TimeUnit.SECONDS) || !future.isSuccess()) {
            throw new IOException("cannot start: " + future.cause(), future.cause());
        }
        return future.getNow();
    }
}
