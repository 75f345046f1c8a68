package io.foreshard.reassembler;

import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketReader;
import io.foreshard.shardcodec.WireReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Ticker;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together in a pipeline that only receives: no handshake, no acknowledgement, no repair.
 *
 * <p>Takes each {@link DatagramPacket} or {@link ByteBuf} as one packet (on a stream, behind a
 * {@link io.foreshard.shardcodec.PacketFrameDecoder}). Shards are consumed, and every whole message is fired as one
 * {@link ReassembledMessage}, owned by the next handler. Packets of other kinds, and other objects, pass through untouched.
 * What is not a valid packet is counted by its {@link WireReason} and released.
 *
 * <p>A source is a sender address and a session id. Sources share the pool for unvalidated ones unless the builder says otherwise;
 * when there are too many, the one that has been silent for longest gives way. What is unfinished is released when the channel
 * becomes inactive or the handler is removed. The clock is that of the channel's event loop, and one timer at a time waits on it.
 *
 * <p>One instance per channel.
 */
public final class ReassemblerHandler extends ChannelInboundHandlerAdapter {

    private final HandlerSettings settings;
    private final PacketReader reader = new PacketReader();
    // Changed on the event loop, read by whoever reads counters.
    private volatile @Nullable Inbox inbox;

    ReassemblerHandler(HandlerSettings settings) {
        this.settings = settings;
    }

    /**
     * {@return a builder of handlers}
     *
     * @param engine limits of each handler's engine; its event loop's clock is the engine's
     */
    public static ReassemblerHandlerBuilder builder(ReassemblerBuilder engine) {
        return new ReassemblerHandlerBuilder(engine);
    }

    /**
     * {@return how often something happened} Any thread; 0 before the handler is added to a pipeline and after it is removed.
     *
     * @param reason what
     */
    public long count(ReassemblyReason reason) {
        Inbox box = inbox;
        return box == null ? 0 : box.engine().count(reason);
    }

    /**
     * {@return how many packets were dropped for a reason} Any thread.
     *
     * @param reason why
     */
    public long count(WireReason reason) {
        return settings.wireCounters().get(reason);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        inbox = new Inbox(ctx, settings, tickerOf(ctx));
    }

    private static Ticker tickerOf(ChannelHandlerContext ctx) {
        return ctx.executor() instanceof AbstractScheduledEventExecutor loop ? loop.ticker() : Ticker.systemTicker();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        close();
        inbox = null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        close();
        ctx.fireChannelInactive();
    }

    private void close() {
        Inbox box = inbox;
        if (box != null) {
            box.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof DatagramPacket datagram) {
            read(ctx, msg, datagram.content(), datagram.sender());
        } else if (msg instanceof ByteBuf packet) {
            read(ctx, msg, packet, ctx.channel().remoteAddress());
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    private void read(ChannelHandlerContext ctx, Object msg, ByteBuf packet, @Nullable SocketAddress sender) {
        Inbox box = inbox;
        WireReason refused = reader.read(packet);
        if (box == null || (refused == null && reader.kind() != PacketKind.SHARD)) {
            ctx.fireChannelRead(msg);
            return;
        }
        try {
            if (refused != null) {
                settings.wireCounters().count(refused);
            } else {
                box.onShard(sender, reader, packet);
            }
        } finally {
            ReferenceCountUtil.safeRelease(msg);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        Inbox box = inbox;
        if (box != null) {
            box.schedule();
        }
        ctx.fireChannelReadComplete();
    }
}
