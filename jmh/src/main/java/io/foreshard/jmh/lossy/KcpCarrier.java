package io.foreshard.jmh.lossy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The protocol engine of kcp-netty. Its channels were compiled for Netty 4.1 and do not link with 4.2, so the engine gets plain
 * datagram channels and is driven the way that those drive it: updated after each write and read, and when it asks for it.
 */
final class KcpCarrier implements Carrier {

    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int READ_BYTES = 2048;
    private static final int READS_PER_TURN = 64;

    private static final double MILLIS_PER_SECOND = 1e3;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Inbox inbox;
    private final int windowPackets;
    private int lastConversation;

    KcpCarrier(InetSocketAddress receiver, Inbox inbox, Duration roundTrip) {
        this.inbox = inbox;
        windowPackets = windowPackets(roundTrip);
        bind(receiver);
    }

    /** One bandwidth-delay product. With more, repeats that were not needed fill the queue, and then ever more are. */
    private static int windowPackets(Duration roundTrip) {
        double pipeBytes = Condition.LINK_BYTES_PER_SECOND * roundTrip.toMillis() / MILLIS_PER_SECOND;
        return (int) (pipeBytes / KcpEnd.MTU_BYTES);
    }

    @Override
    public Lane open(InetSocketAddress relay) {
        Channel channel = bind(new InetSocketAddress(relay.getAddress(), 0));
        Ends ends = channel.pipeline().get(Ends.class);
        int conversation = ++lastConversation;
        KcpEnd end = channel.eventLoop()
                .submit(() -> ends.open(channel, relay, conversation))
                .syncUninterruptibly()
                .getNow();
        return message -> {
            channel.eventLoop().execute(() -> end.send(Unpooled.wrappedBuffer(message)));
            return true;
        };
    }

    private Channel bind(InetSocketAddress address) {
        return new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(READS_PER_TURN))
                .handler(new Ends(inbox, windowPackets))
                .bind(address)
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public void close() {
        group.shutdownGracefully();
    }

    /** The conversations of one socket, told apart by where they come from. */
    private static final class Ends extends SimpleChannelInboundHandler<DatagramPacket> {

        private final Inbox inbox;
        private final int windowPackets;
        private final Map<InetSocketAddress, KcpEnd> byRemote = new HashMap<>();

        Ends(Inbox inbox, int windowPackets) {
            this.inbox = inbox;
            this.windowPackets = windowPackets;
        }

        KcpEnd open(Channel channel, InetSocketAddress remote, int conversation) {
            KcpEnd end = new KcpEnd(channel, remote, conversation, windowPackets, inbox::accept);
            byRemote.put(remote, end);
            return end;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            KcpEnd end = byRemote.get(packet.sender());
            if (end == null) {
                int conversation = packet.content().getIntLE(packet.content().readerIndex());
                end = open(context.channel(), packet.sender(), conversation);
            }
            end.receive(packet.content());
        }
    }
}
