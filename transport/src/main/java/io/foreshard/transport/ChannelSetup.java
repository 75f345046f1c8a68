package io.foreshard.transport;

import io.foreshard.shardcodec.TrafficClass;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the datagram channel that fits the application's event loops, tries the options that help, and remembers what works.
 */
final class ChannelSetup {

    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int PMTUDISC_PROBE = 3;
    private static final int ECN_BITS = 2;
    static final String MARKS = "traffic class marks";

    private enum Kind {
        EPOLL,
        NIO,
        CUSTOM
    }

    private final Kind kind;
    private final ChannelFactory<? extends DatagramChannel> factory;
    private final List<Capability> capabilities = new ArrayList<>();

    ChannelSetup(EventLoopGroup group, @Nullable ChannelFactory<? extends DatagramChannel> custom) {
        if (custom != null) {
            kind = Kind.CUSTOM;
            factory = custom;
            capabilities.add(new Capability("transport", true, "custom channel factory"));
        } else if (isEpoll(group)) {
            kind = Kind.EPOLL;
            factory = EpollDatagramChannel::new;
            capabilities.add(new Capability("transport", true, "epoll"));
        } else {
            kind = Kind.NIO;
            factory = NioDatagramChannel::new;
            capabilities.add(new Capability("transport", true, "NIO, as the event loops are not epoll loops"));
        }
    }

    static boolean isEpoll(EventLoopGroup group) {
        return Epoll.isAvailable() && group instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class);
    }

    List<Capability> capabilities() {
        return List.copyOf(capabilities);
    }

    /** Returns whether the loops have sockets of their own on the same address. */
    boolean sharesAddress() {
        return kind != Kind.CUSTOM;
    }

    Bootstrap bootstrap(EventLoop loop, int receiveBufferBytes, boolean shareAddress) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(factory)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(receiveBufferBytes).maxMessagesPerRead(64));
        if (shareAddress) {
            shareAddress(bootstrap);
        }
        return bootstrap;
    }

    private void shareAddress(Bootstrap bootstrap) {
        if (kind != Kind.NIO) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
        } else {
            bootstrap.option(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
        }
    }

    /** Forbids fragmentation by IP on bound channels (RFC 8900). */
    void forbidFragments(List<BoundSocket> sockets) {
        boolean works = sockets.stream().allMatch(socket -> forbidFragments(socket.channel()));
        capabilities.add(new Capability(
                "don't fragment",
                works,
                works
                        ? "set on every socket"
                        : "no option for it here; datagrams stay below the path MTU all the same"));
    }

    /** Marks what a channel sends; also the traffic class of IPv6 where the socket has one. Returns whether that is possible. */
    static boolean mark(Channel channel, TrafficClass trafficClass) {
        try {
            return channel.config().setOption(ChannelOption.IP_TOS, trafficClass.dscp() << ECN_BITS);
        } catch (RuntimeException refused) {
            return false;
        }
    }

    void reportMarks(Set<TrafficClass> marked) {
        if (!marked.isEmpty()) {
            capabilities.add(new Capability(MARKS, true, "a socket on the same port for each of " + marked));
        }
    }

    void reportNoMarks(String why) {
        capabilities.add(new Capability(MARKS, false, "all classes leave unmarked from one socket, as " + why));
    }

    private boolean forbidFragments(Channel channel) {
        return switch (kind) {
            case EPOLL -> forbidByEpoll(channel);
            case NIO -> forbidByNio(channel);
            case CUSTOM -> false;
        };
    }

    private static boolean forbidByEpoll(Channel channel) {
        boolean v4 = trySet(channel, new IntegerUnixChannelOption("IP_MTU_DISCOVER", IPPROTO_IP, IP_MTU_DISCOVER));
        boolean v6 =
                trySet(channel, new IntegerUnixChannelOption("IPV6_MTU_DISCOVER", IPPROTO_IPV6, IPV6_MTU_DISCOVER));
        return v4 || v6;
    }

    private static boolean trySet(Channel channel, IntegerUnixChannelOption option) {
        try {
            return channel.config().setOption(option, PMTUDISC_PROBE);
        } catch (RuntimeException refused) {
            return false;
        }
    }

    /** The JDK has the option since version 19, in a module that need not be there. */
    @SuppressWarnings("unchecked")
    private static boolean forbidByNio(Channel channel) {
        try {
            Object option = Class.forName("jdk.net.ExtendedSocketOptions")
                    .getField("IP_DONTFRAGMENT")
                    .get(null);
            return channel.config().setOption(NioChannelOption.of((SocketOption<Boolean>) option), true);
        } catch (ReflectiveOperationException | RuntimeException notThere) {
            return false;
        }
    }
}
