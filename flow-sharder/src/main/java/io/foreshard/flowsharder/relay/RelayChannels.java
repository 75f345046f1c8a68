package io.foreshard.flowsharder.relay;

import io.foreshard.flowsharder.names.HostNames;
import io.foreshard.flowsharder.socket.Sockets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the connections of a relay, and sets them up: nothing is read that was not asked for. */
final class RelayChannels {

    private static final int LEAST_READ_BYTES = 2 << 10;
    private static final int FIRST_READ_BYTES = 16 << 10;

    private final EventLoopGroup group;
    private final RelaySettings settings;
    private final boolean splices;
    private final Sockets sockets;
    private final AddressResolverGroup<?> names;
    private final @Nullable HostNames ownNames;
    private final WriteBufferWaterMark waterMark;
    private final List<RelayCapability> capabilities = new ArrayList<>();

    RelayChannels(EventLoopGroup group, @Nullable Sockets custom, RelaySettings settings) {
        this.group = group;
        this.settings = settings;
        waterMark = new WriteBufferWaterMark(settings.readBytes() / 2, settings.readBytes());
        sockets = custom == null ? Sockets.fitting(group) : custom;
        AddressResolverGroup<?> given = settings.resolver();
        if (given == null) {
            ownNames = HostNames.byDns(sockets.datagrams(), sockets.clients());
            names = ownNames;
        } else {
            ownNames = null;
            names = given;
        }
        capabilities.add(new RelayCapability("transport", true, "TCP, " + sockets.name()));
        splices = settings.mode() == RelayMode.SPLICE && probeSplicing(sockets.isEpoll());
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
        return sockets.server(group, accepted).handler(acceptor).childOption(ChannelOption.AUTO_READ, false);
    }

    /** Nothing is looked up any more. */
    void close() {
        if (ownNames != null) {
            ownNames.close();
        }
    }

    /** Begins to connect on the loop; nothing is read from the channel yet. */
    ChannelFuture connect(EventLoop loop, InetSocketAddress hop) {
        ChannelHandler setUp = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                configure(channel);
            }
        };
        return sockets.client(loop, settings.connectTimeoutMillis(), setUp)
                .resolver(names)
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
}
