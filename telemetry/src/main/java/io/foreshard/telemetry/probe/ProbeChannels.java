package io.foreshard.telemetry.probe;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** Chooses channels that fit event loops; others, such as those of io_uring, are handed in by a factory. */
final class ProbeChannels {

    private ProbeChannels() {}

    static boolean isEpoll(EventLoopGroup group) {
        return Epoll.isAvailable() && group instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class);
    }

    static ChannelFactory<DatagramChannel> datagrams(EventLoop loop) {
        return isEpoll(loop) ? EpollDatagramChannel::new : NioDatagramChannel::new;
    }

    static ChannelFactory<SocketChannel> streams(EventLoop loop) {
        return isEpoll(loop) ? EpollSocketChannel::new : NioSocketChannel::new;
    }
}
