package io.foreshard.jmh.lossy;

import io.foreshard.transport.IoHandlers;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamPriority;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;

/** Netty's QUIC, which is quiche: a stream of one direction per message, served in the order of the messages. */
final class QuicCarrier implements Carrier {

    private static final String PROTOCOL = "lossy";
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int READ_BYTES = 2048;
    private static final int READS_PER_TURN = 64;
    private static final int MTU_BYTES = 1400;
    private static final long WINDOW_BYTES = 64L << 20;
    private static final long STREAMS = 1_000_000;
    /** As if nobody had set it. */
    private static final int URGENCY = 127;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, IoHandlers.best());
    private final QuicCongestionControlAlgorithm algorithm;

    QuicCarrier(InetSocketAddress receiver, Inbox inbox, QuicCongestionControlAlgorithm algorithm)
            throws IOException, GeneralSecurityException, InterruptedException {
        this.algorithm = algorithm;
        bind(receiver, server(inbox));
    }

    private ChannelHandler server(Inbox inbox) throws IOException, GeneralSecurityException, InterruptedException {
        ThrowawayKey key = ThrowawayKey.make();
        QuicServerCodecBuilder codec = new QuicServerCodecBuilder()
                .sslContext(QuicSslContextBuilder.forServer(key.managers(), key.password())
                        .applicationProtocols(PROTOCOL)
                        .build())
                .handler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public boolean isSharable() {
                        return true;
                    }
                })
                .streamHandler(new ChannelInitializer<QuicStreamChannel>() {
                    @Override
                    protected void initChannel(QuicStreamChannel stream) {
                        stream.pipeline().addLast(new Receiver(inbox));
                    }
                });
        return tune(codec).build();
    }

    private ChannelHandler client() {
        return tune(new QuicClientCodecBuilder()
                        .sslContext(QuicSslContextBuilder.forClient()
                                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                                .applicationProtocols(PROTOCOL)
                                .build()))
                .build();
    }

    private <B extends QuicCodecBuilder<B>> B tune(B codec) {
        return codec.congestionControlAlgorithm(algorithm)
                .maxIdleTimeout(1, TimeUnit.MINUTES)
                .maxSendUdpPayloadSize(MTU_BYTES)
                .maxRecvUdpPayloadSize(READ_BYTES)
                .initialMaxData(WINDOW_BYTES)
                .initialMaxStreamDataUnidirectional(Arrivals.MESSAGE_BYTES)
                .initialMaxStreamsUnidirectional(STREAMS);
    }

    private Channel bind(InetSocketAddress address, ChannelHandler handler) {
        Class<? extends DatagramChannel> type =
                Epoll.isAvailable() ? EpollDatagramChannel.class : NioDatagramChannel.class;
        return new Bootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(READS_PER_TURN))
                .handler(handler)
                .bind(address)
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public Lane open(InetSocketAddress relay) {
        Channel socket = bind(new InetSocketAddress(relay.getAddress(), 0), client());
        QuicChannel connection = QuicChannel.newBootstrap(socket)
                .streamHandler(new ChannelInboundHandlerAdapter())
                .remoteAddress(relay)
                .connect()
                .syncUninterruptibly()
                .getNow();
        return message -> {
            connection
                    .createStream(QuicStreamType.UNIDIRECTIONAL, new ChannelInboundHandlerAdapter())
                    .addListener((Future<QuicStreamChannel> made) -> send(made.get(), message));
            return true;
        };
    }

    private static void send(QuicStreamChannel stream, byte[] message) {
        stream.updatePriority(new QuicStreamPriority(URGENCY, false));
        stream.writeAndFlush(Unpooled.wrappedBuffer(message)).addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
    }

    @Override
    public void close() {
        group.shutdownGracefully();
    }

    /** Collects one message. */
    private static final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {

        private final Inbox inbox;
        private final ByteBuf message = Unpooled.buffer(Arrivals.MESSAGE_BYTES);

        Receiver(Inbox inbox) {
            this.inbox = inbox;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf piece) {
            message.writeBytes(piece);
            if (message.readableBytes() >= Arrivals.MESSAGE_BYTES) {
                inbox.accept(message);
            }
        }
    }
}
