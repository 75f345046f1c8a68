package io.foreshard.simulator.relay;

import io.foreshard.simulator.link.DatagramPipe;
import io.foreshard.simulator.link.LinkStatistics;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A middlebox for UDP on real sockets: clients send to {@link #address()}, the relay impairs and forwards to one target, from a
 * socket of its own per client, and the way back alike.
 *
 * <p>All sockets of a relay live on one loop of the group that was handed in, which must be an NIO group. Delivery times are kept to
 * about a millisecond, the granularity of its timer; whatever is due is released at once. Memory is bounded by
 * {@link UdpRelayBuilder#maxHeldBytes} and {@link UdpRelayBuilder#maxClients}. Methods may be called on any thread, those that block
 * not on the relay's loop.
 */
public final class UdpRelay implements AutoCloseable {

    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int READS_PER_TURN = 64;

    private final EventLoop loop;
    private final InetSocketAddress target;
    private final DatagramPipe<InetSocketAddress> toTarget;
    private final DatagramPipe<InetSocketAddress> toClients;
    private final ReleaseTimer timer;
    private final int maxDatagramBytes;
    private final Set<Channel> unflushed = new LinkedHashSet<>();
    private final Map<InetSocketAddress, ChannelFuture> backSockets;
    private final AtomicLong unsent = new AtomicLong();
    private final Channel front = new NioDatagramChannel();

    UdpRelay(UdpRelayBuilder builder) {
        loop = builder.nextLoop();
        target = builder.target();
        maxDatagramBytes = builder.maxDatagramBytes();
        long startNanos = loop.ticker().nanoTime();
        toTarget = new DatagramPipe<>(builder.linkToTarget(startNanos), builder.maxHeldBytes());
        toClients = new DatagramPipe<>(builder.linkToClients(startNanos), builder.maxHeldBytes());
        timer = new ReleaseTimer(loop, this::releaseDue);
        backSockets = new RecentlyUsed(builder.maxClients());
    }

    /**
     * Configures a relay.
     *
     * @param group an NIO group; the relay uses one loop of it and never shuts it down
     * @param target where datagrams of clients go
     * @return a builder
     */
    public static UdpRelayBuilder builder(EventLoopGroup group, InetSocketAddress target) {
        return new UdpRelayBuilder(group, target);
    }

    /**
     * Returns where clients send to.
     *
     * @return the bound address
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) front.localAddress();
    }

    /**
     * Returns what has passed on the way to the target.
     *
     * @return a snapshot
     */
    public LinkStatistics toTarget() {
        return toTarget.statistics();
    }

    /**
     * Returns what has passed on the way back.
     *
     * @return a snapshot
     */
    public LinkStatistics toClients() {
        return toClients.statistics();
    }

    /**
     * Returns how many datagrams came out of the impairment but could not be sent, because a socket would not take more.
     *
     * @return a count; 0 in a sane run
     */
    public long unsent() {
        return unsent.get();
    }

    /**
     * Does what a NAT does that forgets its table: every client gets a new source port towards the target, and what the target sends
     * to the old one is lost. Blocks until the new sockets are bound.
     */
    public void rebind() {
        loop.submit(() -> backSockets.replaceAll((client, old) -> {
                    old.channel().close();
                    return openBackSocket(client);
                }))
                .syncUninterruptibly();
        loop.submit(() -> {}).syncUninterruptibly();
    }

    /** Closes all sockets and forgets what is under way. Blocks until it is done; the group stays open. */
    @Override
    public void close() {
        loop.submit(this::closeAll).syncUninterruptibly();
        front.closeFuture().syncUninterruptibly();
    }

    void bind(InetSocketAddress address) {
        open(front, address, this::fromClient).syncUninterruptibly();
    }

    private ChannelFuture open(Channel channel, InetSocketAddress address, Consumer<DatagramPacket> reader) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(() -> channel)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(maxDatagramBytes).maxMessagesPerRead(READS_PER_TURN))
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(SOCKET_BUFFER_BYTES / 2, SOCKET_BUFFER_BYTES))
                .handler(new Reader(reader))
                .bind(address);
    }

    private ChannelFuture openBackSocket(InetSocketAddress client) {
        return open(new NioDatagramChannel(), new InetSocketAddress(0), packet -> fromTarget(client, packet));
    }

    private void fromClient(DatagramPacket packet) {
        InetSocketAddress client = packet.sender();
        backSockets.computeIfAbsent(client, this::openBackSocket);
        toTarget.offer(loop.ticker().nanoTime(), ByteBufUtil.getBytes(packet.content()), client);
        timer.arm(toTarget.nextDeadlineNanos());
    }

    private void fromTarget(InetSocketAddress client, DatagramPacket packet) {
        if (!packet.sender().equals(target)) {
            return;
        }
        toClients.offer(loop.ticker().nanoTime(), ByteBufUtil.getBytes(packet.content()), client);
        timer.arm(toClients.nextDeadlineNanos());
    }

    private void releaseDue(long nowNanos) {
        toTarget.release(nowNanos, this::sendToTarget);
        toClients.release(nowNanos, (payload, client) -> send(front, payload, client));
        unflushed.forEach(Channel::flush);
        unflushed.clear();
        timer.arm(Math.min(toTarget.nextDeadlineNanos(), toClients.nextDeadlineNanos()));
    }

    private void sendToTarget(byte[] payload, InetSocketAddress client) {
        ChannelFuture socket = backSockets.get(client);
        if (socket == null) {
            unsent.incrementAndGet();
        } else if (socket.isDone()) {
            send(socket.channel(), payload, target);
        } else {
            socket.addListener(bound -> {
                send(socket.channel(), payload, target);
                socket.channel().flush();
            });
        }
    }

    private void send(Channel channel, byte[] payload, InetSocketAddress recipient) {
        if (!channel.isWritable()) {
            unsent.incrementAndGet();
            return;
        }
        ByteBuf content = channel.alloc().directBuffer(payload.length).writeBytes(payload);
        channel.write(new DatagramPacket(content, recipient)).addListener(this::countFailure);
        unflushed.add(channel);
    }

    private void countFailure(Future<?> written) {
        if (!written.isSuccess()) {
            unsent.incrementAndGet();
        }
    }

    private void closeAll() {
        timer.cancel();
        toTarget.clear();
        toClients.clear();
        backSockets.values().forEach(socket -> socket.channel().close());
        backSockets.clear();
        front.close();
    }

    /** The sockets towards the target; the client that was silent for longest loses its own. */
    private static final class RecentlyUsed extends LinkedHashMap<InetSocketAddress, ChannelFuture> {

        private static final long serialVersionUID = 1L;

        private final int limit;

        RecentlyUsed(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, ChannelFuture> eldest) {
            boolean full = size() > limit;
            if (full) {
                eldest.getValue().channel().close();
            }
            return full;
        }
    }

    @ChannelHandler.Sharable
    private static final class Reader extends SimpleChannelInboundHandler<DatagramPacket> {

        private final Consumer<DatagramPacket> reader;

        Reader(Consumer<DatagramPacket> reader) {
            this.reader = reader;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            reader.accept(packet);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.fireChannelReadComplete();
        }
    }
}
