package io.foreshard.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.link.Flap;
import io.foreshard.simulator.link.Impairment;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedStreamChannelTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Impairment LINK = Impairment.builder()
            .rateBytesPerSecond(1_000_000)
            .delay(Duration.ofMillis(20))
            .queueBytes(30_000)
            .build();

    private final Simulation simulation = new Simulation(1);
    private final CountingAllocator allocator = new CountingAllocator();
    private final Recorder clientSide = new Recorder();
    private final Recorder serverSide = new Recorder();
    private final List<SocketChannel> accepted = new ArrayList<>();
    private SimulatedNode client;
    private SimulatedNode server;

    @BeforeEach
    void build() {
        client = simulation.addNode("10.0.0.1", 1);
        server = simulation.addNode("10.0.0.2", 2);
        simulation.connect(client, server, LINK);
    }

    @AfterEach
    void releasesEverything() {
        simulation.close();
        allocator.assertAllReleased();
    }

    @Test
    void connectingTakesARoundTrip() {
        listen();
        long begin = simulation.nowNanos();
        Channel channel = connect();
        assertEquals(40_000_000, simulation.nowNanos() - begin);
        assertTrue(channel.isActive());
        assertEquals(server.address(80), channel.remoteAddress());
        assertEquals(channel.localAddress(), accepted.get(0).remoteAddress());
    }

    @Test
    void bytesArriveInOrderAtTheRateOfTheLink() {
        listen();
        Channel channel = connect();
        byte[] content = simulation.random().bytes(500_000);
        long begin = simulation.nowNanos();
        channel.writeAndFlush(allocator.buffer(content.length).writeBytes(content));
        assertTrue(simulation.runUntil(() -> serverSide.content.size() == content.length, SECOND));
        assertArrayEquals(content, serverSide.content.toByteArray());
        assertEquals(520_000_000.0, (double) (simulation.nowNanos() - begin), 5_000_000.0);
    }

    @Test
    void aReaderThatStopsMakesTheWriterUnwritable() {
        listen();
        Channel channel = connect();
        accepted.get(0).config().setReceiveBufferSize(50_000);
        accepted.get(0).config().setAutoRead(false);
        for (int i = 0; i < 40; i++) {
            channel.write(allocator.buffer(10_000).writeZero(10_000));
        }
        channel.flush();
        simulation.runFor(SECOND);
        assertFalse(channel.isWritable());
        assertEquals(0, serverSide.content.size());
        accepted.get(0).config().setAutoRead(true);
        assertTrue(simulation.runUntil(() -> serverSide.content.size() == 400_000, SECOND));
        assertEquals(List.of(false, true), clientSide.writability);
    }

    @Test
    void halfClosureLetsTheOtherDirectionGoOn() {
        listen();
        DuplexChannel channel = (DuplexChannel) connect();
        accepted.get(0).config().setAllowHalfClosure(true);
        channel.writeAndFlush(allocator.buffer(3).writeZero(3));
        channel.shutdownOutput();
        assertTrue(simulation.runUntil(() -> serverSide.events.contains(ChannelInputShutdownEvent.INSTANCE), SECOND));
        assertEquals(3, serverSide.content.size());
        assertTrue(channel.isOutputShutdown());
        assertTrue(accepted.get(0).isInputShutdown());
        accepted.get(0).writeAndFlush(allocator.buffer(5).writeZero(5));
        assertTrue(simulation.runUntil(() -> clientSide.content.size() == 5, SECOND));
        accepted.get(0).close();
        assertTrue(simulation.runUntil(() -> !channel.isOpen(), SECOND));
        assertEquals(List.of(), clientSide.errors);
    }

    @Test
    void closeDeliversWhatWasWrittenBefore() {
        listen();
        Channel channel = connect();
        channel.writeAndFlush(allocator.buffer(50_000).writeZero(50_000));
        channel.close();
        assertTrue(simulation.runUntil(() -> !accepted.get(0).isOpen(), SECOND));
        assertEquals(50_000, serverSide.content.size());
        assertEquals(List.of(), serverSide.errors);
    }

    @Test
    void closingWithoutLingerResets() {
        listen();
        Channel channel = connect();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
        assertTrue(simulation.runUntil(() -> !accepted.get(0).isOpen(), SECOND));
        assertEquals(1, serverSide.errors.size());
        assertEquals("Connection reset by peer", serverSide.errors.get(0).getMessage());
    }

    @Test
    void writingToAClosedPeerIsReset() {
        listen();
        Channel channel = connect();
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        accepted.get(0).close();
        simulation.runFor(SECOND);
        assertTrue(channel.isOpen());
        channel.writeAndFlush(allocator.buffer(5).writeZero(5));
        simulation.runFor(SECOND);
        assertFalse(channel.isOpen());
        assertInstanceOf(IOException.class, clientSide.errors.get(0));
    }

    @Test
    void aClosedPortRefusesAndAMissingLinkTimesOut() {
        ChannelFuture refused = bootstrap().connect(server.address(81));
        CompletionException error = assertThrows(CompletionException.class, () -> simulation.await(refused, SECOND));
        assertInstanceOf(ConnectException.class, error.getCause());
        simulation.disconnect(client, server);
        ChannelFuture lost =
                bootstrap().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 500).connect(server.address(80));
        long begin = simulation.nowNanos();
        error = assertThrows(CompletionException.class, () -> simulation.await(lost, SECOND));
        assertInstanceOf(ConnectTimeoutException.class, error.getCause());
        assertEquals(500_000_000, simulation.nowNanos() - begin);
        assertFalse(lost.channel().isOpen());
    }

    @Test
    void aStreamOutlivesAnOutageAndAPartition() {
        listen();
        Channel channel = connect();
        simulation.connect(
                client,
                server,
                LINK.toBuilder()
                        .flap(Flap.once(Duration.ZERO, Duration.ofMillis(300)))
                        .build());
        channel.writeAndFlush(allocator.buffer(1000).writeZero(1000));
        simulation.runFor(Duration.ofMillis(300));
        assertEquals(0, serverSide.content.size());
        simulation.runFor(Duration.ofMillis(100));
        assertEquals(1000, serverSide.content.size());
        simulation.disconnect(client, server);
        channel.writeAndFlush(allocator.buffer(1000).writeZero(1000));
        simulation.runFor(SECOND);
        assertEquals(1000, serverSide.content.size());
        simulation.connect(client, server, LINK);
        simulation.runFor(SECOND);
        assertEquals(2000, serverSide.content.size());
    }

    @Test
    void streamsAndDatagramsShareTheCapacityOfALink() {
        listen();
        Channel channel = connect();
        ChannelFuture udp = new Bootstrap()
                .group(client.eventLoopGroup())
                .channelFactory(client.datagramChannelFactory())
                .handler(new ChannelInboundHandlerAdapter())
                .connect(server.address(9));
        simulation.await(udp, SECOND);
        channel.writeAndFlush(allocator.buffer(20_000).writeZero(20_000));
        simulation.runFor(Duration.ZERO);
        assertEquals(20_000, simulation.link(client, server).queuedBytes());
        udp.channel().writeAndFlush(allocator.buffer(1000).writeZero(1000));
        simulation.runFor(Duration.ZERO);
        assertEquals(21_000, simulation.link(client, server).queuedBytes());
    }

    private void listen() {
        ChannelFuture bound = new ServerBootstrap()
                .group(server.eventLoopGroup())
                .channel(SimulatedServerStreamChannel.class)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accepted.add(channel);
                        channel.pipeline().addLast(serverSide);
                    }
                })
                .bind(server.address(80));
        simulation.await(bound, SECOND);
    }

    private Channel connect() {
        ChannelFuture connected = bootstrap().connect(server.address(80));
        simulation.await(connected, SECOND);
        return connected.channel();
    }

    private Bootstrap bootstrap() {
        return new Bootstrap()
                .group(client.eventLoopGroup())
                .channelFactory(client.streamChannelFactory())
                .option(ChannelOption.ALLOCATOR, allocator)
                .handler(clientSide);
    }

    private static final class Recorder extends ChannelInboundHandlerAdapter {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final List<Object> events = new ArrayList<>();
        private final List<Throwable> errors = new ArrayList<>();
        private final List<Boolean> writability = new ArrayList<>();

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
            ByteBuf data = (ByteBuf) message;
            data.readBytes(content, data.readableBytes());
            data.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            events.add(event);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            writability.add(context.channel().isWritable());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            errors.add(cause);
        }
    }
}
