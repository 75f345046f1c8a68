package io.foreshard.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;

/** Chooses what an application's event loops run on, for those who have no reason to choose themselves. */
public final class IoHandlers {

    private IoHandlers() {}

    /** Returns epoll where the system and the class path have it, else NIO. */
    public static IoHandlerFactory best() {
        return isEpollAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    private static boolean isEpollAvailable() {
        try {
            return Epoll.isAvailable();
        } catch (NoClassDefFoundError notOnClassPath) {
            return false;
        }
    }
}
