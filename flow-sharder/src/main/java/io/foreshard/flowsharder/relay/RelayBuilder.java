package io.foreshard.flowsharder.relay;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.flowsharder.socket.Sockets;
import io.foreshard.runtime.Checks;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link Relay} needs. Not safe for use by several threads. Every method checks its value at once. */
public final class RelayBuilder {

    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MOST_TIMEOUT = Duration.ofMinutes(10);
    private static final int LEAST_READ_BYTES = 4 << 10;
    private static final long LEAST_WAITING_BYTES = 1 << 20;
    private static final int MOST_READ_BYTES = 4 << 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EventLoopGroup group;
    private final RouteKey key;
    private RelayMode mode = RelayMode.COPY;
    private Predicate<InetSocketAddress> allowed = hop -> true;
    private long headerTimeoutNanos = Duration.ofSeconds(5).toNanos();
    private long connectTimeoutNanos = Duration.ofSeconds(5).toNanos();
    private int connectionLimit = 10_000;
    private int readBytes = 512 << 10;
    private long waitingBytes = 64 << 20;
    private ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    private @Nullable AddressResolverGroup<?> resolver;
    private InstantSource clock = InstantSource.system();
    private EngineObserver observer = EngineObserver.NOOP;
    private SocketAddress localAddress = new InetSocketAddress(0);
    private @Nullable Sockets custom;

    RelayBuilder(EventLoopGroup group, RouteKey key) {
        this.group = Objects.requireNonNull(group, "group");
        this.key = Objects.requireNonNull(key, "key");
    }

    /**
     * Sets how bytes are passed on. Default: {@link RelayMode#COPY}.
     *
     * @param mode tried at the start; see {@link Relay#capabilities()}
     * @return this
     */
    public RelayBuilder mode(RelayMode mode) {
        this.mode = Objects.requireNonNull(mode, "mode");
        return this;
    }

    /**
     * Sets where to accept connections. Default: any free port on all addresses.
     *
     * @param address the local address
     * @return this
     */
    public RelayBuilder localAddress(SocketAddress address) {
        localAddress = Objects.requireNonNull(address, "localAddress");
        return this;
    }

    /**
     * Sets where the relay may connect to. Default: wherever a signed header leads.
     *
     * @param allowed asked on event loops with the next hop as it is named; its address is known only where the name is one
     * @return this
     */
    public RelayBuilder allowedNextHops(Predicate<InetSocketAddress> allowed) {
        this.allowed = Objects.requireNonNull(allowed, "allowedNextHops");
        return this;
    }

    /**
     * Sets how long a connection may take until its header is whole. Default: 5 s.
     *
     * @param timeout 1 ms…10 min
     * @return this
     */
    public RelayBuilder headerTimeout(Duration timeout) {
        headerTimeoutNanos = Checks.duration("headerTimeout", timeout, LEAST_TIMEOUT, MOST_TIMEOUT);
        return this;
    }

    /**
     * Sets how long the connection to a next hop may take. Default: 5 s.
     *
     * @param timeout 1 ms…10 min
     * @return this
     */
    public RelayBuilder connectTimeout(Duration timeout) {
        connectTimeoutNanos = Checks.duration("connectTimeout", timeout, LEAST_TIMEOUT, MOST_TIMEOUT);
        return this;
    }

    /**
     * Sets how many accepted connections may be open; each needs two sockets. Default: 10 000.
     *
     * @param connections above 0
     * @return this
     */
    public RelayBuilder connectionLimit(int connections) {
        connectionLimit = Checks.positive("connectionLimit", connections);
        return this;
    }

    /**
     * Sets how much is read at once, which is also how much may wait for a slow reader: as much per direction, twice as much where the event
     * loops are not epoll loops. Default: 512 KiB.
     *
     * @param bytes 4 KiB…4 MiB
     * @return this
     */
    public RelayBuilder readBytes(int bytes) {
        readBytes = Checks.inRange("readBytes", bytes, LEAST_READ_BYTES, MOST_READ_BYTES);
        return this;
    }

    /**
     * Sets from when on less is read at once, as too much waits for slow readers. On epoll loops no more than this waits, but for 4 KiB of
     * each connection and direction. Default: 64 MiB.
     *
     * @param bytes of each event loop, 1 MiB or more
     * @return this
     */
    public RelayBuilder waitingBytes(long bytes) {
        waitingBytes = Checks.inRange("waitingBytes", bytes, LEAST_WAITING_BYTES, Long.MAX_VALUE);
        return this;
    }

    /**
     * Sets what makes the buffers of the channels. Default: {@link ByteBufAllocator#DEFAULT}.
     *
     * @param allocator the allocator
     * @return this
     */
    public RelayBuilder allocator(ByteBufAllocator allocator) {
        this.allocator = Objects.requireNonNull(allocator, "allocator");
        return this;
    }

    /**
     * Sets what resolves the names of next hops. Must not block event loops, and stays the caller's to close. Default: event loops ask the
     * system's name servers themselves, after its file of hosts, which needs event loops of epoll or NIO.
     *
     * @param resolver the resolver
     * @return this
     */
    public RelayBuilder resolver(AddressResolverGroup<?> resolver) {
        this.resolver = Objects.requireNonNull(resolver, "resolver");
        return this;
    }

    /**
     * Sets by what clock headers expire. Default: the system's.
     *
     * @param clock asked once per connection, on event loops
     * @return this
     */
    public RelayBuilder clock(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets who is told of what is counted. Default: nobody.
     *
     * @param observer on event loops, several at a time
     * @return this
     */
    public RelayBuilder observer(EngineObserver observer) {
        this.observer = Objects.requireNonNull(observer, "observer");
        return this;
    }

    /**
     * Sets what makes the channels, for event loops that are neither epoll nor NIO. Default: epoll on epoll loops, NIO otherwise.
     *
     * @param servers makes channels that accept and fit the group
     * @param clients makes channels that connect and fit the group
     * @return this
     */
    public RelayBuilder channelFactories(
            ChannelFactory<? extends ServerSocketChannel> servers, ChannelFactory<? extends SocketChannel> clients) {
        custom = Sockets.custom(
                group, Objects.requireNonNull(servers, "servers"), Objects.requireNonNull(clients, "clients"));
        return this;
    }

    /**
     * Builds a relay without a socket that accepts: connections come by {@link Relay#newHandler()}.
     *
     * @return a relay that runs
     */
    public Relay embed() {
        return build();
    }

    /**
     * Builds a relay and binds its socket.
     *
     * @return completes with the relay, or fails as the binding does
     */
    public Future<Relay> start() {
        return build().bind(localAddress);
    }

    private DefaultRelay build() {
        RelaySettings settings = new RelaySettings(
                key,
                mode,
                allowed,
                headerTimeoutNanos,
                (int) Math.max(1, connectTimeoutNanos / NANOS_PER_MILLI),
                connectionLimit,
                readBytes,
                waitingBytes,
                allocator,
                resolver,
                clock,
                observer);
        return new DefaultRelay(group, settings, new RelayChannels(group, custom, settings));
    }
}
