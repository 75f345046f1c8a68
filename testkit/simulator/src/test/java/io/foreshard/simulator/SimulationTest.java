package io.foreshard.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.link.DropReason;
import io.foreshard.simulator.link.Impairment;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SimulationTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulation simulation = new Simulation(1);
    private final List<InetSocketAddress> senders = new ArrayList<>();

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void awaitReturnsTheValueOrSaysWhyNot() {
        EventLoop loop = simulation.addNode("10.0.0.1", 1).eventLoops().get(0);
        assertEquals("x", simulation.await(loop.schedule(() -> "x", 10, TimeUnit.MILLISECONDS), SECOND));
        Promise<Void> failed = loop.newPromise();
        failed.setFailure(new IllegalArgumentException("no"));
        CompletionException error = assertThrows(CompletionException.class, () -> simulation.await(failed, SECOND));
        assertEquals("no", error.getCause().getMessage());
        assertThrows(IllegalStateException.class, () -> simulation.await(loop.newPromise(), SECOND));
    }

    @Test
    void runUntilStopsWhereTheConditionBecameTrue() {
        EventLoop loop = simulation.addNode("10.0.0.1", 1).eventLoops().get(0);
        long begin = simulation.nowNanos();
        Set<String> done = new HashSet<>();
        loop.schedule(() -> done.add("a"), 3, TimeUnit.MILLISECONDS);
        assertTrue(simulation.runUntil(() -> done.contains("a"), SECOND));
        assertEquals(3_000_000, simulation.nowNanos() - begin);
        assertFalse(simulation.runUntil(() -> false, SECOND));
        assertEquals(1_003_000_000, simulation.nowNanos() - begin);
    }

    @Test
    @Timeout(60)
    void aTaskThatNeverLetsTimePassIsReported() {
        EventLoop loop = simulation.addNode("10.0.0.1", 1).eventLoops().get(0);
        boolean[] spinning = {true};
        Runnable spin = new Runnable() {
            @Override
            public void run() {
                if (spinning[0]) {
                    loop.schedule(this, 0, TimeUnit.NANOSECONDS);
                }
            }
        };
        loop.execute(spin);
        IllegalStateException error = assertThrows(IllegalStateException.class, () -> simulation.runFor(SECOND));
        assertTrue(error.getMessage().contains("schedule itself again"), error.getMessage());
        spinning[0] = false;
    }

    @Test
    void runningInsideATaskIsRefused() {
        EventLoop loop = simulation.addNode("10.0.0.1", 1).eventLoops().get(0);
        CompletionException error = assertThrows(
                CompletionException.class,
                () -> simulation.await(loop.submit(() -> simulation.runFor(SECOND)), SECOND));
        assertTrue(error.getCause().getMessage().contains("outside the loops"));
    }

    @Test
    void seedsDecideTheOrderOfSimultaneousTurns() {
        Set<List<Integer>> orders = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            assertEquals(turns(seed), turns(seed));
            orders.add(turns(seed));
        }
        assertTrue(orders.size() > 5, () -> "orders " + orders);
    }

    @Test
    void tasksFromOtherThreadsAreRun() throws InterruptedException {
        EventLoop loop = simulation.addNode("10.0.0.1", 1).eventLoops().get(0);
        simulation.runFor(SECOND);
        List<String> ran = new ArrayList<>();
        Thread thread = new Thread(() -> loop.execute(() -> ran.add("foreign")));
        thread.start();
        thread.join();
        simulation.runFor(Duration.ZERO);
        assertEquals(List.of("foreign"), ran);
    }

    @Test
    void aNodeWithTwoAddressesSendsFromTheOneThatLeadsThere() {
        SimulatedNode a = simulation.node("10.0.0.1").address("10.1.0.1").build();
        SimulatedNode b = simulation.addNode("10.1.0.2", 1);
        simulation.connect(a.addresses().get(1), b.address(), Impairment.none());
        bind(b, b.address(4000));
        bind(a, new InetSocketAddress(0)).writeAndFlush(packet(b.address(4000)));
        simulation.runFor(SECOND);
        assertEquals(a.addresses().get(1), senders.get(0).getAddress());
    }

    @Test
    void aNatHidesItsNodeAndForgetsOnRebind() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        SimulatedNode b = simulation.addNode("10.0.0.2", 1);
        simulation.connect(a, b, Impairment.none());
        SimulatedNat nat = simulation.addNat(a, "192.0.2.1");
        List<DropReason> drops = new ArrayList<>();
        simulation.observe(event -> {
            if (event.reason() != null) {
                drops.add(event.reason());
            }
        });
        Channel server = bind(b, b.address(4000));
        Channel client = bind(a, a.address(0));
        client.writeAndFlush(packet(b.address(4000)));
        simulation.runFor(SECOND);
        client.writeAndFlush(packet(b.address(4000)));
        simulation.runFor(SECOND);
        assertEquals(nat.publicAddress(), senders.get(0).getAddress());
        assertEquals(senders.get(0), senders.get(1));
        server.writeAndFlush(packet(senders.get(0)));
        simulation.runFor(SECOND);
        assertEquals(b.address(4000), senders.get(2));
        nat.rebind();
        server.writeAndFlush(packet(senders.get(0)));
        client.writeAndFlush(packet(b.address(4000)));
        simulation.runFor(SECOND);
        assertEquals(List.of(DropReason.NO_LISTENER), drops);
        assertNotEquals(senders.get(0), senders.get(3));
    }

    @Test
    void unknownDestinationsAndMissingLinksAreCountedAsDrops() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 1);
        SimulatedNode b = simulation.addNode("10.0.0.2", 1);
        List<DropReason> drops = new ArrayList<>();
        simulation.observe(event -> {
            if (event.reason() != null) {
                drops.add(event.reason());
            }
        });
        Channel client = bind(a, a.address(0));
        client.writeAndFlush(packet(b.address(1)));
        simulation.runFor(SECOND);
        simulation.connect(a, b, Impairment.none());
        client.writeAndFlush(packet(b.address(1)));
        simulation.runFor(SECOND);
        assertEquals(List.of(DropReason.NO_ROUTE, DropReason.NO_LISTENER), drops);
    }

    @Test
    void sleepingOnTheVirtualClockIsRefused() {
        assertThrows(
                UnsupportedOperationException.class, () -> simulation.ticker().sleepMillis(1));
    }

    @Test
    void productionCodeMayShutTheGroupDown() {
        SimulatedNode a = simulation.addNode("10.0.0.1", 2);
        Channel channel = bind(a, a.address(1));
        a.eventLoopGroup().shutdownGracefully();
        assertTrue(simulation.runUntil(() -> a.eventLoopGroup().isTerminated(), SECOND));
        assertFalse(channel.isOpen());
    }

    private static List<Integer> turns(long seed) {
        List<Integer> order = new ArrayList<>();
        try (Simulation simulation = new Simulation(seed)) {
            List<EventLoop> loops = simulation.addNode("10.0.0.1", 4).eventLoops();
            for (int i = 0; i < loops.size(); i++) {
                int number = i;
                loops.get(i).execute(() -> order.add(number));
            }
            simulation.runFor(SECOND);
        }
        return order;
    }

    private Channel bind(SimulatedNode node, InetSocketAddress address) {
        ChannelFuture bound = new Bootstrap()
                .group(node.eventLoopGroup())
                .channelFactory(node.datagramChannelFactory())
                .handler(new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                        senders.add(packet.sender());
                    }
                })
                .bind(address);
        simulation.await(bound, SECOND);
        return bound.channel();
    }

    private static DatagramPacket packet(InetSocketAddress to) {
        return new DatagramPacket(Unpooled.wrappedBuffer(new byte[10]), to);
    }
}
