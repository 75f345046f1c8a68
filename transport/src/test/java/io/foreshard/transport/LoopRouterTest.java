package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.spi.Carrier;
import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.Simulation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopRouterTest {

    private static final InetSocketAddress FROM = new InetSocketAddress("192.0.2.1", 9);

    private static SessionLoop loop(EventLoop executor, CountingAllocator allocator, int index, int loops) {
        TransportConfig config = SimulatedPair.config(index).build();
        SessionListener nobody = (session, info, message) -> message.release();
        return new SessionLoop(
                executor, allocator, config, nobody, ClassSinks.NONE, new byte[CookieMint.SECRET_BYTES], index, loops);
    }

    @Test
    void nothingIsLostOrLeakedWhenThreadsHandOverToEachOther() throws Exception {
        CountingAllocator allocator = new CountingAllocator();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(3, NioIoHandler.newFactory());
        Channel channel = new EmbeddedChannel();
        List<SessionLoop> loops = new ArrayList<>();
        List<LoopRouter.Inbox> inboxes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SessionLoop loop = loop(group.next(), allocator, i, 3);
            loops.add(loop);
            inboxes.add(new LoopRouter.Inbox(loop, new ChannelSink(channel, Carrier.DATAGRAM)));
        }
        LoopRouter router = new LoopRouter(inboxes);
        int each = 20_000;
        CountDownLatch fed = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            int index = i;
            Forge forge = new Forge(allocator);
            loops.get(i).executor().execute(() -> {
                for (int n = 0; n < each; n++) {
                    ByteBuf packet = forge.control(PacketKind.PROBE, 0x1000 | n % 3, n, out -> {});
                    router.route(packet, FROM, index);
                }
                fed.countDown();
            });
        }
        assertTrue(fed.await(20, TimeUnit.SECONDS));
        group.shutdownGracefully(100, 5000, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
        long counted = loops.stream()
                .mapToLong(loop -> loop.counters().get(TransportReason.UNKNOWN_SESSION)
                        + loop.counters().get(TransportReason.HANDOVER_FULL))
                .sum();
        assertEquals(3L * each, counted);
        allocator.assertAllReleased();
    }

    @Test
    void aQueueThatIsFullDropsAndCounts() {
        CountingAllocator allocator = new CountingAllocator();
        try (Simulation simulation = new Simulation(1)) {
            SimulatedNode node = simulation.addNode("10.0.0.1", 2);
            List<EventLoop> executors = node.eventLoops();
            ChannelSink sink = new ChannelSink(new EmbeddedChannel(), Carrier.DATAGRAM);
            SessionLoop first = loop(executors.get(0), allocator, 0, 2);
            SessionLoop second = loop(executors.get(1), allocator, 1, 2);
            LoopRouter router =
                    new LoopRouter(List.of(new LoopRouter.Inbox(first, sink), new LoopRouter.Inbox(second, sink)));
            Forge forge = new Forge(allocator);
            for (int i = 0; i < 5000; i++) {
                router.route(forge.control(PacketKind.PROBE, 0x1001, i, out -> {}), FROM, 0);
            }
            assertEquals(5000 - 4096, first.counters().get(TransportReason.HANDOVER_FULL));
            simulation.runFor(java.time.Duration.ofSeconds(1));
            assertEquals(4096, second.counters().get(TransportReason.UNKNOWN_SESSION));
        }
        allocator.assertAllReleased();
    }

    @Test
    void aPacketTooShortOrForALoopThatIsNotThereStaysWhereItIs() {
        CountingAllocator allocator = new CountingAllocator();
        try (Simulation simulation = new Simulation(1)) {
            EventLoop executor = simulation.addNode("10.0.0.1", 1).eventLoops().get(0);
            SessionLoop only = loop(executor, allocator, 0, 1);
            LoopRouter router = new LoopRouter(
                    List.of(new LoopRouter.Inbox(only, new ChannelSink(new EmbeddedChannel(), Carrier.DATAGRAM))));
            Forge forge = new Forge(allocator);
            router.route(allocator.buffer(4).writeInt(1), FROM, 0);
            router.route(forge.control(PacketKind.PROBE, 0x10FF, 1, out -> {}), FROM, 0);
            router.route(forge.control(PacketKind.HELLO, 0, 1, out -> {}), FROM, 0);
            router.route(forge.control(PacketKind.HELLO, 0, 1, out -> out.writeByte(255)), FROM, 0);
            assertEquals(1, only.counters().get(TransportReason.UNKNOWN_SESSION));
        }
        allocator.assertAllReleased();
    }

    @Test
    void whatIsHandedToALoopThatIsShutDownIsReleased() {
        CountingAllocator allocator = new CountingAllocator();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        ChannelSink sink = new ChannelSink(new EmbeddedChannel(), Carrier.DATAGRAM);
        LoopRouter router = new LoopRouter(List.of(
                new LoopRouter.Inbox(loop(group.next(), allocator, 0, 2), sink),
                new LoopRouter.Inbox(loop(group.next(), allocator, 1, 2), sink)));
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        Forge forge = new Forge(allocator);
        for (int i = 0; i < 3; i++) {
            router.route(forge.control(PacketKind.PROBE, 0x1001, i, out -> {}), FROM, 0);
        }
        allocator.assertAllReleased();
    }
}
