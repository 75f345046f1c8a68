package io.foreshard.transport;

import io.foreshard.runtime.Checks;
import io.foreshard.shardcodec.TrafficClass;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link ShardEndpoint} needs. Not safe for use by several threads. */
public final class ShardEndpointBuilder {

    private static final int MAX_LOOPS = 256;

    final EventLoopGroup group;
    TransportConfig config = TransportConfig.defaults();
    SessionListener listener = (session, info, message) -> message.release();
    SocketAddress localAddress = new InetSocketAddress(0);
    ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    int loops = 1;
    Set<TrafficClass> markedClasses = Set.of();

    @Nullable
    ChannelFactory<? extends DatagramChannel> channelFactory;

    /** Of each session; 0 for datagrams. */
    int connections;

    @Nullable
    StreamFactories streamFactories;

    /** What makes the channels of a stream endpoint. */
    record StreamFactories(
            ChannelFactory<? extends ServerSocketChannel> servers, ChannelFactory<? extends SocketChannel> clients) {}

    ShardEndpointBuilder(EventLoopGroup group) {
        this.group = Objects.requireNonNull(group, "group");
    }

    /** Copies, so that what is set after {@link #bind} does not change what is bound. */
    ShardEndpointBuilder(ShardEndpointBuilder other) {
        group = other.group;
        config = other.config;
        listener = other.listener;
        localAddress = other.localAddress;
        allocator = other.allocator;
        loops = other.loops;
        markedClasses = other.markedClasses;
        channelFactory = other.channelFactory;
        connections = other.connections;
        streamFactories = other.streamFactories;
    }

    /**
     * Sets how sessions behave. Default: {@link TransportConfig#defaults()}.
     *
     * @param config the configuration
     * @return this
     */
    public ShardEndpointBuilder config(TransportConfig config) {
        this.config = Objects.requireNonNull(config, "config");
        return this;
    }

    /**
     * Sets who hears of sessions and messages. Default: messages are released unread.
     *
     * @param listener called on the event loops
     * @return this
     */
    public ShardEndpointBuilder listener(SessionListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets where to bind. Default: any free port on all addresses.
     *
     * @param address the local address
     * @return this
     */
    public ShardEndpointBuilder localAddress(SocketAddress address) {
        localAddress = Objects.requireNonNull(address, "localAddress");
        return this;
    }

    /**
     * Sets how many of the group's event loops share the endpoint; each has a socket of its own on the same address, and sessions are
     * spread over them. Default: 1.
     *
     * @param count 1…256
     * @return this
     */
    public ShardEndpointBuilder loops(int count) {
        loops = Checks.inRange("loops", count, 1, MAX_LOOPS);
        return this;
    }

    /**
     * Sets what makes the buffers of the channels. Default: {@link ByteBufAllocator#DEFAULT}.
     *
     * @param allocator the allocator
     * @return this
     */
    public ShardEndpointBuilder allocator(ByteBufAllocator allocator) {
        this.allocator = Objects.requireNonNull(allocator, "allocator");
        return this;
    }

    /**
     * Sets what makes the channels, for event loops that are neither epoll nor NIO; such an endpoint has one socket for all its loops.
     * Default: epoll on epoll loops, NIO otherwise.
     *
     * @param factory makes datagram channels that fit the group
     * @return this
     */
    public ShardEndpointBuilder channelFactory(ChannelFactory<? extends DatagramChannel> factory) {
        channelFactory = Objects.requireNonNull(factory, "channelFactory");
        return this;
    }

    /**
     * Lets packets travel over TCP instead of datagrams: for networks that carry nothing else. Each session that is opened here gets
     * several connections, each a path that carries all traffic classes; one that stalls or breaks does not hold up the others, and a
     * broken one is opened anew. Accepted sessions have as many as their peers open. The peer must be such an endpoint too, or, with
     * one connection, a {@link ShardHandler} on a stream. Default: datagrams.
     *
     * @param connectionsPerSession 1…16
     * @return this
     */
    public ShardEndpointBuilder streams(int connectionsPerSession) {
        connections = Checks.inRange("connectionsPerSession", connectionsPerSession, 1, SessionPaths.MAX_PATHS);
        return this;
    }

    /**
     * Sets what makes the channels of an endpoint over {@link #streams}, for event loops that are neither epoll nor NIO. Default: epoll
     * on epoll loops, NIO otherwise.
     *
     * @param servers makes channels that accept and fit the group
     * @param clients makes channels that connect and fit the group
     * @return this
     */
    public ShardEndpointBuilder streamChannelFactories(
            ChannelFactory<? extends ServerSocketChannel> servers, ChannelFactory<? extends SocketChannel> clients) {
        streamFactories = new StreamFactories(
                Objects.requireNonNull(servers, "servers"), Objects.requireNonNull(clients, "clients"));
        return this;
    }

    /**
     * Sets whose packets carry the class's DSCP ({@link TrafficClass#dscp()}). Each marked class gets a socket of its own per loop, on the
     * same local port, and a path of its own in each session that uses it; the others share one unmarked path. A mark is a hint:
     * networks may change, ignore or, for some, drop it (RFC 9435), so whether to mark is a matter of policy. Where sockets cannot
     * share a port, nothing is marked and {@link ShardEndpoint#capabilities()} says why. Default: none.
     *
     * @param classes the classes; {@link TrafficClass#STANDARD} is never marked
     * @return this
     */
    public ShardEndpointBuilder markTrafficClasses(TrafficClass... classes) {
        EnumSet<TrafficClass> marked = EnumSet.noneOf(TrafficClass.class);
        marked.addAll(List.of(classes));
        marked.remove(TrafficClass.STANDARD);
        markedClasses = Collections.unmodifiableSet(marked);
        return this;
    }

    /**
     * Binds.
     *
     * @return completes with the endpoint, or fails as the binding does
     * @throws IllegalArgumentException as {@code name: value (expected: …)} if the loops cannot share the configured memory
     */
    public Future<ShardEndpoint> bind() {
        return connections > 0 ? StreamEndpoint.bind(this) : EndpointBinding.bind(this);
    }
}
