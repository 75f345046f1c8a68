package io.foreshard.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;

/** Chooses what an application's event loops run on, for those who have no reason to choose themselves. */
public final class IoHandlers {

    private IoHandlers() {}

    /** Returns epoll where the system and Netty's native library for it are there, else NIO. */
    public static IoHandlerFactory best() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }
}
