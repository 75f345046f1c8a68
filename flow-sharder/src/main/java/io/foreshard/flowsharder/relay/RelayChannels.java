package io.foreshard.flowsharder.relay;

import io.foreshard.flowsharder.names.HostNames;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the channels that fit the application's event loops, and sets them up: nothing is read that was not asked for. */
final class RelayChannels {

    private static final int BACKLOG = 4096;
    private static final int LEAST_READ_BYTES = 2 << 10;
    private static final int FIRST_READ_BYTES = 16 << 10;

    private final EventLoopGroup group;
    private final RelaySettings settings;
    private final boolean splices;
    private final ChannelFactory<? extends ServerSocketChannel> servers;
    private final ChannelFactory<? extends SocketChannel> clients;
    private final AddressResolverGroup<?> names;
    private final @Nullable HostNames ownNames;
    private final WriteBufferWaterMark waterMark;
    private final List<RelayCapability> capabilities = new ArrayList<>();

    RelayChannels(
            EventLoopGroup group,
            @Nullable ChannelFactory<? extends ServerSocketChannel> servers,
            @Nullable ChannelFactory<? extends SocketChannel> clients,
            RelaySettings settings) {
        this.group = group;
        this.settings = settings;
        waterMark = new WriteBufferWaterMark(settings.readBytes() / 2, settings.readBytes());
        boolean custom = servers != null && clients != null;
        boolean epoll = !custom && isEpoll(group);
        if (servers != null && clients != null) {
            this.servers = servers;
            this.clients = clients;
        } else {
            this.servers = epoll ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
            this.clients = epoll ? EpollSocketChannel::new : NioSocketChannel::new;
        }
        AddressResolverGroup<?> given = settings.resolver();
        if (given == null) {
            ownNames = HostNames.byDns(epoll ? EpollDatagramChannel::new : NioDatagramChannel::new, this.clients);
            names = ownNames;
        } else {
            ownNames = null;
            names = given;
        }
        capabilities.add(
                new RelayCapability("transport", true, "TCP, " + (custom ? "custom" : epoll ? "epoll" : "NIO")));
        splices = settings.mode() == RelayMode.SPLICE && probeSplicing(epoll);
    }

    private static boolean isEpoll(EventLoopGroup group) {
        return Epoll.isAvailable() && group instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class);
    }

    private boolean probeSplicing(boolean epoll) {
        RelayCapability splicing = Splicing.probe(epoll);
        capabilities.add(splicing);
        return splicing.works();
    }

    /** Returns what the epoll sockets of one event loop move bytes through. */
    Conduits newConduits() {
        return splices
                ? new Pipes()
                : new CopyBuffers(settings.allocator(), settings.readBytes(), settings.waitingBytes());
    }

    List<RelayCapability> capabilities() {
        return List.copyOf(capabilities);
    }

    ServerBootstrap server(ChannelHandler acceptor, ChannelHandler accepted) {
        return new ServerBootstrap()
                .group(group)
                .channelFactory(servers)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .handler(acceptor)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(accepted);
    }

    /** Nothing is looked up any more. */
    void close() {
        if (ownNames != null) {
            ownNames.close();
        }
    }

    /** Begins to connect on the loop; nothing is read from the channel yet. */
    ChannelFuture connect(EventLoop loop, InetSocketAddress hop) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(clients)
                .resolver(names)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, settings.connectTimeoutMillis())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        configure(channel);
                    }
                })
                .connect(hop);
    }

    /** Sets a connection up, on either side. */
    void configure(Channel channel) {
        ChannelConfig config = channel.config();
        config.setOption(ChannelOption.AUTO_READ, false);
        config.setOption(ChannelOption.ALLOCATOR, settings.allocator());
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        config.setOption(ChannelOption.TCP_NODELAY, true);
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        config.setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark);
        config.setOption(ChannelOption.RECVBUF_ALLOCATOR, reads());
    }

    private AdaptiveRecvByteBufAllocator reads() {
        int most = settings.readBytes();
        return new AdaptiveRecvByteBufAllocator(
                Math.min(LEAST_READ_BYTES, most), Math.min(FIRST_READ_BYTES, most), most);
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
