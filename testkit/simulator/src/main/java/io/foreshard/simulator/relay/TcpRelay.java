package io.foreshard.simulator.relay;

import io.foreshard.simulator.link.ImpairedLink;
import io.foreshard.simulator.link.LinkCounter;
import io.foreshard.simulator.link.LinkStatistics;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A middlebox for TCP on real sockets: clients connect to {@link #address()}, the relay connects to one target and passes the bytes
 * on with the rate, delay, jitter and outages of an impairment. Random loss and damage have no meaning for a stream and are ignored.
 *
 * <p>All connections share the bottleneck of a direction. When its queue is full, or too much is under way, the relay stops reading,
 * so that the sender's window closes. Half-closes and resets are passed on. All sockets live on one loop of the group that was handed
 * in, which must be an NIO group. Methods may be called on any thread, those that block not on the relay's loop.
 */
public final class TcpRelay implements AutoCloseable {

    private static final int RECEIVE_BYTES = 16_384;

    private final EventLoop loop;
    private final InetSocketAddress target;
    private final ImpairedLink toTarget;
    private final ImpairedLink toClients;
    private final LinkCounter toTargetCounter = new LinkCounter();
    private final LinkCounter toClientsCounter = new LinkCounter();
    private final long maxHeldBytes;
    private final int maxConnections;
    private final Map<Channel, TcpConnection> connections = new LinkedHashMap<>();
    private final Channel listener = new NioServerSocketChannel();

    TcpRelay(TcpRelayBuilder builder) {
        loop = builder.nextLoop();
        target = builder.target();
        maxHeldBytes = builder.maxHeldBytes();
        maxConnections = builder.maxConnections();
        long startNanos = loop.ticker().nanoTime();
        toTarget = builder.linkToTarget(startNanos);
        toClients = builder.linkToClients(startNanos);
    }

    /**
     * Configures a relay.
     *
     * @param group an NIO group; the relay uses one loop of it and never shuts it down
     * @param target where connections of clients go
     * @return a builder
     */
    public static TcpRelayBuilder builder(EventLoopGroup group, InetSocketAddress target) {
        return new TcpRelayBuilder(group, target);
    }

    /**
     * Returns where clients connect to.
     *
     * @return the bound address
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /**
     * Returns what has passed on the way to the target; a piece that was read at once counts as a datagram.
     *
     * @return a snapshot
     */
    public LinkStatistics toTarget() {
        return toTargetCounter.snapshot();
    }

    /**
     * Returns what has passed on the way back; a piece that was read at once counts as a datagram.
     *
     * @return a snapshot
     */
    public LinkStatistics toClients() {
        return toClientsCounter.snapshot();
    }

    /** Breaks all connections, each side with a reset. Blocks until it is done. New connections are accepted as before. */
    public void resetAll() {
        loop.submit(this::abortAll).syncUninterruptibly();
    }

    /** Stops listening and breaks all connections. Blocks until it is done; the group stays open. */
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        resetAll();
    }

    void bind(InetSocketAddress address) {
        new ServerBootstrap()
                .group(loop)
                .channelFactory(() -> (NioServerSocketChannel) listener)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                .childHandler(new ChannelInitializer<NioSocketChannel>() {
                    @Override
                    protected void initChannel(NioSocketChannel channel) {
                        accept(channel);
                    }
                })
                .bind(address)
                .syncUninterruptibly();
    }

    TcpDirection directionToTarget(Channel source, DuplexChannel destination, Runnable onEnd) {
        return new TcpDirection(source, destination, toTarget, toTargetCounter, maxHeldBytes, onEnd);
    }

    TcpDirection directionToClient(Channel source, DuplexChannel destination, Runnable onEnd) {
        return new TcpDirection(source, destination, toClients, toClientsCounter, maxHeldBytes, onEnd);
    }

    private void accept(NioSocketChannel front) {
        if (connections.size() >= maxConnections) {
            TcpConnection.reset(front);
            return;
        }
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                .handler(new ChannelInboundHandlerAdapter())
                .connect(target);
        NioSocketChannel back = (NioSocketChannel) connecting.channel();
        TcpConnection connection = new TcpConnection(front, back, this);
        connections.put(front, connection);
        front.closeFuture().addListener(closed -> connections.remove(front));
        connecting.addListener(connected -> {
            if (connected.isSuccess()) {
                connection.start();
            } else {
                TcpConnection.reset(front);
            }
        });
    }

    private void abortAll() {
        List.copyOf(connections.values()).forEach(TcpConnection::abort);
    }
}
