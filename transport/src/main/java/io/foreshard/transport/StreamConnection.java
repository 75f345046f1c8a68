package io.foreshard.transport;

import io.foreshard.shardcodec.PacketFrameDecoder;
import io.foreshard.shardcodec.spi.Carrier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a stream endpoint: the end of its pipeline, and where its session's packets go. It carries one path of one session;
 * until it does it is a stranger, which is closed when it names nothing that is there, or takes too long.
 *
 * <p>What comes in is handled on the channel's loop and routed to the session's. That may be another one: Netty then brings what the
 * session writes to the channel's loop, a task per packet of up to 32 KiB.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter implements PacketSink {

    private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);
    private static final int LENGTH_BYTES = 4;
    private static final int SESSION_OFFSET = 4;
    private static final long LINGER_NANOS = 1_000_000_000L;

    private final Channel channel;
    private final ChannelSink sink;
    private final LoopRouter router;
    private final SessionLoop loop;
    private final int index;
    private volatile @Nullable Owner session;
    private volatile boolean left;
    private long namedSession;

    StreamConnection(Channel channel, LoopRouter router, SessionLoop loop, int index) {
        this.channel = channel;
        this.sink = new ChannelSink(channel, Carrier.STREAM);
        this.router = router;
        this.loop = loop;
        this.index = index;
        channel.pipeline().addLast(new PacketFrameDecoder(loop.wireCounters()::count), this);
    }

    SocketAddress remoteAddress() {
        return channel.remoteAddress();
    }

    /** Registers an accepted channel with its loop, and closes it unless it finds its session within a time. */
    void register(long nanos) {
        loop.executor().register(channel).addListener(done -> {
            if (done.isSuccess()) {
                loop.executor().schedule(this::onStray, nanos, TimeUnit.NANOSECONDS);
            } else {
                channel.unsafe().closeForcibly();
            }
        });
    }

    /** Returns whether the connection has found its session, or is closed. */
    boolean isSettled() {
        return session != null || left || !channel.isOpen();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf packet && !left) {
            onPacket(packet);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    /** Whoever knows the ids of two sessions must not lead both over one connection. */
    private void onPacket(ByteBuf packet) {
        long id = packet.getLong(packet.readerIndex() + SESSION_OFFSET);
        if (id != 0 && namedSession == 0) {
            namedSession = id;
        }
        if (id == 0 || id == namedSession) {
            router.route(packet, channel.remoteAddress(), this, index);
        } else {
            packet.release();
            loop.counters().count(TransportReason.STRAY_CONNECTION);
            channel.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.serve();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Owner carried = session;
        if (carried != null && channel.isWritable()) {
            carried.onRoom();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Owner carried = session;
        if (carried != null && !left) {
            carried.onGone(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("A connection failed", cause);
        } else {
            LOG.warn("Unexpected on {}", channel, cause);
        }
        channel.close();
    }

    @Override
    public boolean isFree() {
        return session == null;
    }

    @Override
    public void carry(Owner owner) {
        session = owner;
        if (!channel.isActive()) {
            owner.onGone(this);
        }
    }

    @Override
    public void onStray() {
        onLoop(() -> {
            if (!isSettled()) {
                left = true;
                loop.counters().count(TransportReason.STRAY_CONNECTION);
                channel.close();
            }
        });
    }

    /**
     * Ends the connection: what was written leaves, then its end; the peer's end closes it. Closing at once, with something unread,
     * would reset it and could destroy the last packets on their way.
     */
    @Override
    public void leave() {
        left = true;
        onLoop(() -> {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
                if (channel instanceof DuplexChannel duplex && channel.isActive()) {
                    duplex.shutdownOutput();
                }
            });
            channel.eventLoop().schedule(() -> channel.close(), LINGER_NANOS, TimeUnit.NANOSECONDS);
        });
    }

    private void onLoop(Runnable action) {
        try {
            loop.run(action);
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("{} is closed with its loop", channel);
        }
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public Carrier carrier() {
        return Carrier.STREAM;
    }

    @Override
    public boolean isWritable() {
        return !left && sink.isWritable();
    }

    @Override
    public SocketAddress localAddress() {
        return channel.localAddress();
    }

    /** The length goes ahead in a buffer of its own, so that the packet is not copied once more. */
    @Override
    public void write(ByteBuf packet, SocketAddress remote) {
        ByteBuf length = channel.alloc().ioBuffer(LENGTH_BYTES, LENGTH_BYTES).writeInt(packet.readableBytes());
        sink.write(length, remote);
        sink.write(packet, remote);
    }

    /** A stream refuses no packet for its size. */
    @Override
    public void writeReporting(ByteBuf packet, SocketAddress remote, TooLarge report) {
        write(packet, remote);
    }

    @Override
    public void flush() {
        sink.flush();
    }
}
