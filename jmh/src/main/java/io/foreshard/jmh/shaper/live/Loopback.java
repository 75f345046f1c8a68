package io.foreshard.jmh.shaper.live;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One epoll loop, a socket to send from, and one that nobody reads, so that the kernel drops what comes there. */
final class Loopback implements AutoCloseable {

    static final int PACKET_BYTES = 1200;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final ByteBuf payload =
            Unpooled.directBuffer(PACKET_BYTES, PACKET_BYTES).writeZero(PACKET_BYTES);
    private final Channel sink;

    Loopback() {
        sink = bind(List.of());
    }

    EventLoop loop() {
        return group.next();
    }

    InetSocketAddress sinkAddress() {
        return (InetSocketAddress) sink.localAddress();
    }

    /** Opens a socket whose handlers stand in this order from the socket up. */
    Channel open(ChannelHandler... fromSocketUp) {
        return bind(List.of(fromSocketUp));
    }

    private Channel bind(List<ChannelHandler> handlers) {
        Channel channel = new Bootstrap()
                .group(group)
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        handlers.forEach(handler -> channel.pipeline().addLast(handler));
        return channel;
    }

    /** Returns a packet to the sink. */
    DatagramPacket packet() {
        return new DatagramPacket(payload.retainedDuplicate(), sinkAddress());
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        payload.release();
    }
}
