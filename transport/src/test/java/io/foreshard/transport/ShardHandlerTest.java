package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.PacketFrameDecoder;
import io.foreshard.shardcodec.PacketFrameEncoder;
import io.foreshard.shardcodec.WireReason;
import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.SimulatedServerStreamChannel;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.Impairment;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardHandlerTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Impairment PATH = Impairment.builder()
            .rateBytesPerSecond(1_250_000)
            .delay(Duration.ofMillis(20))
            .queueBytes(200_000)
            .build();

    private final Simulation simulation = new Simulation(1);
    private final CountingAllocator allocator = new CountingAllocator();
    private final SimulatedNode one = simulation.addNode("10.0.0.1", 1);
    private final SimulatedNode other = simulation.addNode("10.0.0.2", 1);
    private final SimulatedNode third = simulation.addNode("10.0.0.3", 1);
    private final List<WireReason> drops = new ArrayList<>();

    /** The application behind the handler: keeps what it reads. */
    private static final class Application extends ChannelInboundHandlerAdapter {

        private final List<byte[]> read = new ArrayList<>();
        private final List<InetSocketAddress> from = new ArrayList<>();
        private final List<Boolean> writability = new ArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf content = message instanceof DatagramPacket datagram ? datagram.content() : (ByteBuf) message;
            if (message instanceof DatagramPacket datagram) {
                from.add(datagram.sender());
            }
            read.add(ByteBufUtil.getBytes(content));
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            writability.add(ctx.channel().isWritable());
        }
    }

    @BeforeEach
    void connectNodes() {
        TestLog.drain();
        simulation.connect(one, other, PATH);
        simulation.connect(one, third, PATH);
    }

    @AfterEach
    void nothingIsLeft() {
        simulation.close();
        allocator.assertAllReleased();
        assertEquals(List.of(), TestLog.drain());
    }

    private static TransportConfigBuilder config(long seed) {
        return SimulatedPair.config(seed);
    }

    private Channel datagram(SimulatedNode node, TransportConfig config, Application application) {
        ChannelFuture bound = new Bootstrap()
                .group(node.eventLoopGroup())
                .channelFactory(node.datagramChannelFactory())
                .option(ChannelOption.ALLOCATOR, allocator)
                .handler(initializer(config, application, false))
                .bind(node.address(5000));
        simulation.await(bound, LIMIT);
        return bound.channel();
    }

    private ChannelInitializer<Channel> initializer(TransportConfig config, Application application, boolean stream) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (stream) {
                    channel.pipeline().addLast(new PacketFrameDecoder(drops::add), new PacketFrameEncoder());
                }
                channel.pipeline().addLast(new ShardHandler(config), application);
            }
        };
    }

    private ByteBuf bytes(int length) {
        return allocator.buffer(length).writeBytes(SimulatedPair.bytes(length, length));
    }

    private DatagramPacket to(SimulatedNode node, int length) {
        return new DatagramPacket(bytes(length), node.address(5000));
    }

    @Test
    void datagramsOfAnySizeArriveWholeAndTheirPromisesCompleteOnDelivery() {
        Application atOther = new Application();
        Channel sender = datagram(one, config(1).build(), new Application());
        datagram(other, config(2).build(), atOther);
        ChannelFuture written = sender.writeAndFlush(to(other, 200_000));
        simulation.runFor(Duration.ofMillis(60));
        assertFalse(written.isDone());
        simulation.await(written, LIMIT);
        assertArrayEquals(SimulatedPair.bytes(200_000, 200_000), atOther.read.get(0));
        assertEquals(one.address(5000), atOther.from.get(0));
    }

    @Test
    void anAnswerToTheSenderOfADatagramGoesBackOverTheSameSession() {
        Application atOne = new Application();
        Channel sender = datagram(one, config(1).build(), atOne);
        Channel answering = datagram(other, config(2).build(), new Application());
        simulation.await(sender.writeAndFlush(to(other, 1000)), LIMIT);
        simulation.await(answering.writeAndFlush(to(one, 5000)), LIMIT);
        assertArrayEquals(SimulatedPair.bytes(5000, 5000), atOne.read.get(0));
    }

    @Test
    void plainBuffersGoWhereTheChannelIsConnected() {
        Application atOther = new Application();
        Channel sender = datagram(one, config(1).build(), new Application());
        datagram(other, config(2).build(), atOther);
        simulation.await(sender.connect(other.address(5000)), LIMIT);
        simulation.await(sender.writeAndFlush(bytes(50_000)), LIMIT);
        assertArrayEquals(SimulatedPair.bytes(50_000, 50_000), atOther.read.get(0));
    }

    @Test
    void aPlainBufferWithoutAnywhereToGoFails() {
        Channel sender = datagram(one, config(1).build(), new Application());
        ChannelFuture written = sender.writeAndFlush(bytes(10));
        simulation.runFor(Duration.ofMillis(1));
        assertTrue(written.isDone() && !written.isSuccess());
    }

    @Test
    void theChannelIsWritableAgainOnlyWhenEverySessionIs() {
        Application atOne = new Application();
        TransportConfig small = config(1).writeBufferWatermarks(1_000, 20_000).build();
        Channel sender = datagram(one, small, atOne);
        datagram(other, config(2).build(), new Application());
        datagram(third, config(3).build(), new Application());
        ChannelFuture large = sender.writeAndFlush(to(other, 1_000_000));
        ChannelFuture little = sender.writeAndFlush(to(third, 30_000));
        simulation.await(little, LIMIT);
        assertFalse(large.isDone());
        assertFalse(sender.isWritable());
        simulation.await(large, LIMIT);
        simulation.runFor(Duration.ofMillis(10));
        assertTrue(sender.isWritable());
        assertEquals(atOne.writability.size() - 1, atOne.writability.indexOf(true), "told once, at the end");
    }

    @Test
    void closingTheChannelFailsWhatIsQueued() {
        Channel sender = datagram(one, config(1).build(), new Application());
        datagram(other, config(2).build(), new Application());
        ChannelFuture beforeOpen = sender.writeAndFlush(to(other, 1_000_000));
        ChannelFuture nobodyThere = sender.writeAndFlush(to(third, 10));
        simulation.runFor(Duration.ofMillis(200));
        simulation.await(sender.close(), LIMIT);
        simulation.runFor(Duration.ofMillis(10));
        assertInstanceOf(MessageFailedException.class, beforeOpen.cause());
        assertInstanceOf(MessageFailedException.class, nobodyThere.cause());
    }

    @Test
    void removingTheHandlerFailsWhatIsQueuedAndLeavesTheChannelOpen() {
        Channel sender = datagram(one, config(1).build(), new Application());
        datagram(other, config(2).build(), new Application());
        simulation.await(sender.writeAndFlush(to(other, 100)), LIMIT);
        ChannelFuture written = sender.writeAndFlush(to(other, 1_000_000));
        simulation.runFor(Duration.ofMillis(100));
        sender.pipeline().remove(ShardHandler.class);
        simulation.runFor(Duration.ofMillis(100));
        assertInstanceOf(MessageFailedException.class, written.cause());
        assertTrue(sender.isOpen());
    }

    private Channel[] streams(Application atClient, Application atServer, TransportConfig config) {
        List<Channel> accepted = new ArrayList<>();
        ChannelFuture bound = new ServerBootstrap()
                .group(other.eventLoopGroup())
                .channel(SimulatedServerStreamChannel.class)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.add(channel);
                        channel.pipeline().addLast(initializer(config(2).build(), atServer, true));
                    }
                })
                .bind(other.address(6000));
        simulation.await(bound, LIMIT);
        ChannelFuture connected = new Bootstrap()
                .group(one.eventLoopGroup())
                .channelFactory(one.streamChannelFactory())
                .option(ChannelOption.ALLOCATOR, allocator)
                .handler(initializer(config, atClient, true))
                .connect(other.address(6000));
        simulation.await(connected, LIMIT);
        simulation.runUntil(() -> !accepted.isEmpty(), LIMIT);
        return new Channel[] {connected.channel(), accepted.get(0)};
    }

    @Test
    void messagesOverAStreamArriveWholeInBothDirections() {
        Application atClient = new Application();
        Application atServer = new Application();
        Channel[] ends = streams(atClient, atServer, config(1).build());
        List<ChannelFuture> written = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            written.add(ends[0].writeAndFlush(bytes(i * 7000)));
            written.add(ends[1].writeAndFlush(bytes(i * 100)));
        }
        simulation.runUntil(() -> written.stream().allMatch(ChannelFuture::isDone), LIMIT);
        assertTrue(written.stream().allMatch(ChannelFuture::isSuccess), () -> "written " + written);
        assertEquals(20, atServer.read.size());
        assertEquals(20, atClient.read.size());
        assertArrayEquals(SimulatedPair.bytes(7000, 7000), atServer.read.get(0));
    }

    @Test
    void aStreamWithAnImpossibleFrameIsCountedAndClosed() {
        Channel[] ends = streams(new Application(), new Application(), config(1).build());
        ByteBuf garbage = allocator.buffer(64).writeInt(Integer.MAX_VALUE).writeZero(60);
        ends[0].eventLoop()
                .execute(() ->
                        ends[0].pipeline().context(PacketFrameEncoder.class).writeAndFlush(garbage));
        simulation.runUntil(() -> !ends[1].isOpen(), LIMIT);
        assertFalse(ends[1].isOpen());
        assertEquals(List.of(WireReason.BAD_FRAME_LENGTH), drops);
    }

    @Test
    void aClosedStreamFailsWhatIsQueued() {
        Channel[] ends = streams(new Application(), new Application(), config(1).build());
        ChannelFuture written = ends[0].writeAndFlush(bytes(3_000_000));
        simulation.runFor(Duration.ofMillis(300));
        simulation.await(ends[1].close(), LIMIT);
        simulation.runUntil(written::isDone, LIMIT);
        assertInstanceOf(MessageFailedException.class, written.cause());
    }
}
