package io.foreshard.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.link.DropReason;
import io.foreshard.simulator.link.Impairment;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedDatagramChannelTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulation simulation = new Simulation(1);
    private final CountingAllocator allocator = new CountingAllocator();
    private final List<String> arrivals = new ArrayList<>();
    private final List<Boolean> writability = new ArrayList<>();

    @AfterEach
    void releasesEverything() {
        simulation.close();
        allocator.assertAllReleased();
    }

    @Test
    void aDatagramArrivesAfterDelayAndService() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        SimulatedNode b = simulation.addNode("10.0.0.2", 1);
        simulation.connect(
                a,
                b,
                Impairment.builder()
                        .rateBytesPerSecond(1_000_000)
                        .delay(Duration.ofMillis(20))
                        .build());
        Channel sender = bind(a, 0);
        Channel receiver = bind(b, 4000);
        long sentNanos = simulation.nowNanos();
        simulation.await(sender.writeAndFlush(packet(1000, b.address(4000))), SECOND);
        assertTrue(simulation.runUntil(() -> !arrivals.isEmpty(), SECOND));
        assertEquals(21_000_000, simulation.nowNanos() - sentNanos);
        assertEquals(List.of("1000 from 10.0.0.1:49152 to " + text(receiver)), arrivals);
    }

    @Test
    void productionStyleBootstrapByClassAndConnectWork() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        SimulatedNode b = simulation.addNode("10.0.0.2", 1);
        simulation.connect(a, b, Impairment.none());
        bind(b, 4000);
        ChannelFuture connected =
                bootstrap(a).channel(SimulatedDatagramChannel.class).connect(b.address(4000));
        simulation.await(connected, SECOND);
        Channel channel = connected.channel();
        assertTrue(channel.isActive());
        assertEquals(b.address(4000), channel.remoteAddress());
        channel.writeAndFlush(allocator.buffer(3).writeZero(3));
        simulation.runFor(SECOND);
        assertEquals(1, arrivals.size());
    }

    @Test
    void aDatagramLongerThanTheLinkFailsAndTheChannelGoesOn() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        SimulatedNode b = simulation.addNode("10.0.0.2", 1);
        simulation.connect(a, b, Impairment.builder().maxDatagramBytes(1200).build());
        bind(b, 4000);
        Channel sender = bind(a, 0);
        ChannelFuture tooLong = sender.writeAndFlush(packet(1201, b.address(4000)));
        CompletionException error = assertThrows(CompletionException.class, () -> simulation.await(tooLong, SECOND));
        assertInstanceOf(IOException.class, error.getCause());
        assertEquals("Message too long", error.getCause().getMessage());
        simulation.await(sender.writeAndFlush(packet(1200, b.address(4000))), SECOND);
        simulation.runFor(SECOND);
        assertEquals(1, arrivals.size());
    }

    @Test
    void aBlackHoleSwallowsWhatIsTooLong() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        SimulatedNode b = simulation.addNode("10.0.0.2", 1);
        simulation.connect(
                a,
                b,
                Impairment.builder()
                        .maxDatagramBytes(1200)
                        .sizeLimitSignalled(false)
                        .build());
        bind(b, 4000);
        simulation.await(bind(a, 0).writeAndFlush(packet(1201, b.address(4000))), SECOND);
        simulation.runFor(SECOND);
        assertEquals(List.of(), arrivals);
        assertEquals(1, simulation.link(a, b).statistics().dropped(DropReason.OVERSIZED));
    }

    @Test
    void aSlowInterfaceTogglesWritability() {
        SimulatedNode a =
                simulation.node("10.0.0.1").egressBytesPerSecond(1_000_000).build();
        SimulatedNode b = simulation.addNode("10.0.0.2", 1);
        simulation.connect(a, b, Impairment.none());
        bind(b, 4000);
        ChannelFuture bound = bootstrap(a)
                .channelFactory(a.datagramChannelFactory())
                .option(ChannelOption.SO_SNDBUF, 10_000)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(5_000, 20_000))
                .bind(a.address(0));
        simulation.await(bound, SECOND);
        long begin = simulation.nowNanos();
        ChannelFuture last = bound.channel().newSucceededFuture();
        for (int i = 0; i < 100; i++) {
            last = bound.channel().write(packet(1000, b.address(4000)));
        }
        bound.channel().flush();
        simulation.await(last, SECOND);
        assertEquals(
                90_000_000.0,
                (double) (simulation.nowNanos() - begin),
                1_000_000.0,
                "the send buffer holds the last 10 kB");
        simulation.runFor(SECOND);
        assertEquals(100, arrivals.size());
        assertEquals(List.of(false, true), writability);
    }

    @Test
    void aFullReceiveBufferDrops() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        SimulatedNode b = simulation.addNode("10.0.0.2", 1);
        simulation.connect(a, b, Impairment.none());
        List<PacketEvent> drops = new ArrayList<>();
        simulation.observe(event -> {
            if (event.kind() == PacketEvent.Kind.DROPPED) {
                drops.add(event);
            }
        });
        Channel receiver = bind(b, 4000);
        receiver.config().setAutoRead(false);
        receiver.config().setOption(ChannelOption.SO_RCVBUF, 3000);
        Channel sender = bind(a, 0);
        for (int i = 0; i < 5; i++) {
            sender.writeAndFlush(packet(1000, b.address(4000)));
        }
        simulation.runFor(SECOND);
        assertEquals(2, drops.size());
        assertEquals(DropReason.RECEIVE_BUFFER_FULL, drops.get(0).reason());
        assertEquals(List.of(), arrivals);
        receiver.config().setAutoRead(true);
        simulation.runFor(SECOND);
        assertEquals(3, arrivals.size());
    }

    @Test
    void withoutAutoReadOneReadTakesOneDatagram() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        SimulatedNode b = simulation.addNode("10.0.0.2", 1);
        simulation.connect(a, b, Impairment.none());
        Channel receiver = bind(b, 4000);
        receiver.config().setAutoRead(false);
        Channel sender = bind(a, 0);
        for (int i = 0; i < 20; i++) {
            sender.writeAndFlush(packet(10, b.address(4000)));
        }
        simulation.runFor(SECOND);
        assertEquals(0, arrivals.size());
        receiver.read();
        simulation.runFor(SECOND);
        assertEquals(1, arrivals.size());
        receiver.config().setAutoRead(true);
        simulation.runFor(SECOND);
        assertEquals(20, arrivals.size());
    }

    @Test
    void optionsCanBeReadBack() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        ChannelFuture bound = bootstrap(a)
                .channelFactory(a.datagramChannelFactory())
                .option(ChannelOption.SO_RCVBUF, 111)
                .option(ChannelOption.IP_TOS, 0xb8)
                .option(ChannelOption.valueOf("x#SO_REUSEPORT"), true)
                .bind(a.address(9));
        simulation.await(bound, SECOND);
        assertEquals(111, bound.channel().config().getOption(ChannelOption.SO_RCVBUF));
        assertEquals(0xb8, bound.channel().config().getOption(ChannelOption.IP_TOS));
        assertTrue(bound.channel().config().getOptions().containsKey(ChannelOption.IP_TOS));
    }

    @Test
    void aPortIsTakenOnceUnlessItIsShared() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        bind(a, 4000);
        ChannelFuture second =
                bootstrap(a).channel(SimulatedDatagramChannel.class).bind(a.address(4000));
        CompletionException error = assertThrows(CompletionException.class, () -> simulation.await(second, SECOND));
        assertInstanceOf(BindException.class, error.getCause());
        ChannelFuture foreign =
                bootstrap(a).channel(SimulatedDatagramChannel.class).bind(new InetSocketAddress("10.9.9.9", 1));
        assertThrows(CompletionException.class, () -> simulation.await(foreign, SECOND));
    }

    @Test
    void sharedPortsSplitSourcesAndKeepEachTogether() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        SimulatedNode b = simulation.addNode("10.0.0.2", 4);
        simulation.connect(a, b, Impairment.none());
        for (int i = 0; i < 4; i++) {
            simulation.await(
                    bootstrap(b)
                            .channel(SimulatedDatagramChannel.class)
                            .option(ChannelOption.valueOf("SO_REUSEPORT"), true)
                            .bind(b.address(4000)),
                    SECOND);
        }
        for (int i = 0; i < 32; i++) {
            Channel sender = bind(a, 0);
            sender.writeAndFlush(packet(1, b.address(4000)));
            sender.writeAndFlush(packet(1, b.address(4000)));
        }
        simulation.runFor(SECOND);
        assertEquals(64, arrivals.size());
        assertEquals(32, arrivals.stream().distinct().count());
    }

    @Test
    void codeOfAnotherLoopAndOfTheTestIsOutsideTheLoop() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 2);
        List<Boolean> inside = new ArrayList<>();
        a.eventLoops().get(0).execute(() -> {
            inside.add(a.eventLoops().get(0).inEventLoop());
            inside.add(a.eventLoops().get(1).inEventLoop());
            a.eventLoops().get(1).execute(() -> inside.add(a.eventLoops().get(1).inEventLoop()));
        });
        assertFalse(a.eventLoops().get(0).inEventLoop());
        simulation.runFor(Duration.ZERO);
        assertEquals(List.of(true, false, true), inside);
    }

    @Test
    void timersFireAtTheirVirtualTime() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        long begin = simulation.nowNanos();
        List<Long> fired = new ArrayList<>();
        Runnable note = () -> fired.add(simulation.nowNanos() - begin);
        a.eventLoopGroup().schedule(note, 1_234_567, TimeUnit.NANOSECONDS);
        a.eventLoopGroup().schedule(note, 3, TimeUnit.HOURS);
        a.eventLoopGroup().schedule(note, 5, TimeUnit.MILLISECONDS).cancel(false);
        a.eventLoopGroup().scheduleAtFixedRate(note, 1, 2, TimeUnit.HOURS);
        simulation.runFor(Duration.ofHours(4));
        assertEquals(List.of(1_234_567L, 3_600_000_000_000L, 10_800_000_000_000L, 10_800_000_000_000L), fired);
        assertEquals(Duration.ofHours(4).toNanos(), simulation.nowNanos() - begin);
    }

    @Test
    void theSameSeedGivesTheSameTraceAndAnotherSeedAnother() {
        List<PacketEvent> first = trace(5);
        assertEquals(first, trace(5));
        assertNotEquals(first, trace(6));
        assertTrue(first.size() > 1000);
    }

    private static List<PacketEvent> trace(long seed) {
        List<PacketEvent> events = new ArrayList<>();
        try (Simulation simulation = new Simulation(seed)) {
            simulation.observe(events::add);
            SimulatedNode a = simulation.addNode("10.0.0.1", 2);
            SimulatedNode b = simulation.addNode("10.0.0.2", 3);
            simulation.connect(
                    a,
                    b,
                    Impairment.builder()
                            .rateBytesPerSecond(500_000)
                            .delay(Duration.ofMillis(3))
                            .jitter(Duration.ofMillis(2))
                            .loss(0.05)
                            .duplicate(0.02)
                            .reorder(0.05, Duration.ofMillis(4))
                            .build());
            for (int port = 1; port <= 3; port++) {
                new Bootstrap()
                        .group(b.eventLoopGroup())
                        .channelFactory(b.datagramChannelFactory())
                        .handler(new Echo())
                        .bind(b.address(port));
            }
            for (int i = 0; i < 4; i++) {
                Channel client = new Bootstrap()
                        .group(a.eventLoopGroup())
                        .channelFactory(a.datagramChannelFactory())
                        .handler(new ChannelInboundHandlerAdapter())
                        .bind(a.address(0))
                        .channel();
                InetSocketAddress to = b.address(1 + i % 3);
                client.eventLoop()
                        .scheduleAtFixedRate(
                                () -> client.writeAndFlush(
                                        new DatagramPacket(Unpooled.buffer(500).writeZero(500), to)),
                                1,
                                5,
                                TimeUnit.MILLISECONDS);
            }
            simulation.runFor(Duration.ofSeconds(1));
        }
        return events;
    }

    private static String text(Channel channel) {
        InetSocketAddress address = (InetSocketAddress) channel.localAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private DatagramPacket packet(int length, InetSocketAddress to) {
        return new DatagramPacket(allocator.buffer(length).writeZero(length), to);
    }

    private Channel bind(SimulatedNode node, int port) {
        ChannelFuture bound =
                bootstrap(node).channelFactory(node.datagramChannelFactory()).bind(node.address(port));
        simulation.await(bound, SECOND);
        return bound.channel();
    }

    private Bootstrap bootstrap(SimulatedNode node) {
        return new Bootstrap()
                .group(node.eventLoopGroup())
                .option(ChannelOption.ALLOCATOR, allocator)
                .handler(new Recorder());
    }

    private final class Recorder extends ChannelInboundHandlerAdapter {

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            ByteBuf content = packet.content();
            InetSocketAddress from = packet.sender();
            arrivals.add(content.readableBytes() + " from " + from.getAddress().getHostAddress() + ":" + from.getPort()
                    + " to " + text(context.channel()));
            packet.release();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            writability.add(context.channel().isWritable());
        }
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            context.writeAndFlush(new DatagramPacket(packet.content(), packet.sender()));
        }
    }
}
