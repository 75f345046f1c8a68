package io.foreshard.transport;

import io.foreshard.shardcodec.spi.Carrier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Writes packets to a channel, or from a handler's place in a pipeline. */
final class ChannelSink implements PacketSink {

    private final Channel channel;
    private final ChannelOutboundInvoker out;
    private final Carrier carrier;
    private final boolean ownPipeline;

    /** Makes a sink on a channel whose pipeline has no foreign handlers, so that writes need no promise. */
    ChannelSink(Channel channel, Carrier carrier) {
        this(channel, channel, carrier, true);
    }

    /** Makes a sink that writes from a handler's place. */
    ChannelSink(ChannelHandlerContext ctx, Carrier carrier) {
        this(ctx.channel(), ctx, carrier, false);
    }

    private ChannelSink(Channel channel, ChannelOutboundInvoker out, Carrier carrier, boolean ownPipeline) {
        this.channel = channel;
        this.out = out;
        this.carrier = carrier;
        this.ownPipeline = ownPipeline;
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public Carrier carrier() {
        return carrier;
    }

    /** Looks at the bytes alone: an application's own reasons to stop writing must not stop what was accepted before. */
    @Override
    public boolean isWritable() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer != null
                && buffer.totalPendingWriteBytes() < channel.config().getWriteBufferHighWaterMark();
    }

    @Override
    public SocketAddress localAddress() {
        return channel.localAddress();
    }

    @Override
    public void write(ByteBuf packet, SocketAddress remote) {
        ChannelPromise promise = ownPipeline ? out.voidPromise() : out.newPromise();
        out.write(envelope(packet, remote), promise);
    }

    @Override
    public void writeReporting(ByteBuf packet, SocketAddress remote, TooLarge report) {
        int length = packet.readableBytes();
        ChannelFuture written = out.write(envelope(packet, remote));
        written.addListener(done -> {
            if (done.cause() instanceof IOException refused && isTooLarge(refused)) {
                report.onTooLarge(length);
            }
        });
    }

    /** The system's EMSGSIZE, which Java and Netty only show as text. */
    private static boolean isTooLarge(IOException refused) {
        String text = String.valueOf(refused.getMessage());
        return text.contains("Message too long") || text.contains("EMSGSIZE");
    }

    private Object envelope(ByteBuf packet, SocketAddress remote) {
        return carrier == Carrier.STREAM ? packet : new DatagramPacket(packet, (InetSocketAddress) remote);
    }

    @Override
    public void flush() {
        out.flush();
    }
}
