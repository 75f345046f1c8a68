package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.relay.Relay;
import io.foreshard.flowsharder.relay.RouteKey;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.SimulatedServerStreamChannel;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.Impairment;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A client, an ingress, relays, an egress and an origin in a simulation; on closing, every buffer must be released. */
final class EdgeRig implements AutoCloseable {

    static final double RATE = 5e6;
    static final Duration LIMIT = Duration.ofMinutes(5);
    static final byte[] SECRET = "the secret of both edges".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RELAY_SECRET = "the relay's own secret".getBytes(StandardCharsets.US_ASCII);
    private static final int INGRESS_PORT = 1080;
    static final int EGRESS_PORT = 4433;
    private static final int RELAY_PORT = 4000;
    private static final int ORIGIN_PORT = 80;
    private static final long UNHARMED_BYTES = 1_000_000;
    static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);

    final Simulation simulation;
    final CountingAllocator allocator = new CountingAllocator();
    final SimulatedNode client;
    final SimulatedNode near;
    final SimulatedNode far;
    final SimulatedNode origin;
    final List<SimulatedNode> middles = new ArrayList<>();
    final List<Relay> relays = new ArrayList<>();
    final List<Node> nodes = new ArrayList<>();
    private final UnaryOperator<EgressBuilder> egressChanges;
    Egress egress;
    final Ingress ingress;
    final List<Peer> served = new ArrayList<>();

    EdgeRig(long seed, int relayCount) {
        this(seed, relayCount, 1, builder -> builder);
    }

    EdgeRig(long seed, int relayCount, int loops, UnaryOperator<IngressBuilder> changes) {
        this(seed, relayCount, loops, changes, builder -> builder);
    }

    EdgeRig(
            long seed,
            int relayCount,
            int loops,
            UnaryOperator<IngressBuilder> changes,
            UnaryOperator<EgressBuilder> egressChanges) {
        this.egressChanges = egressChanges;
        simulation = new Simulation(seed);
        client = simulation.addNode("10.0.0.1", 1);
        near = simulation.addNode("10.0.0.2", loops);
        far = simulation.addNode("10.0.0.3", loops);
        origin = simulation.addNode("10.0.0.4", 1);
        Impairment local = Impairment.builder()
                .delay(Duration.ofMillis(1))
                .rateBytesPerSecond(125e6)
                .build();
        simulation.connect(client, near, local);
        simulation.connect(far, origin, local);
        simulation.connect(near, far, local);
        for (int i = 0; i < relayCount; i++) {
            addRelay();
        }
        egress = startEgress();
        ingress = changes.apply(Ingress.builder(near.eventLoopGroup(), far.address(EGRESS_PORT), SECRET)
                        .channelFactories(SimulatedServerStreamChannel::new, near.streamChannelFactory())
                        .allocator(allocator)
                        .relaySecret(RELAY_SECRET)
                        .nodes(relayCount == 0 ? List.of(Node.direct()) : nodes)
                        .simulated(() -> NOW, simulation.random()))
                .start();
        await(ingress.forward(near.address(INGRESS_PORT), "10.0.0.4:" + ORIGIN_PORT));
        listen();
    }

    private Egress startEgress() {
        return await(egressChanges
                .apply(Egress.builder(far.eventLoopGroup(), SECRET)
                        .channelFactories(SimulatedServerStreamChannel::new, far.streamChannelFactory())
                        .allocator(allocator)
                        .simulated(() -> NOW, simulation.random())
                        .localAddress(far.address(EGRESS_PORT)))
                .start());
    }

    /** As a process that dies and comes back: the new one knows nothing of the old one's sessions. */
    void restartEgress() {
        egress.close();
        simulation.runFor(Duration.ofMillis(1));
        egress = startEgress();
    }

    void addRelay() {
        SimulatedNode middle = simulation.addNode("10.0.1." + (middles.size() + 1), 1);
        Impairment link = Impairment.builder()
                .delay(Duration.ofMillis(10))
                .rateBytesPerSecond(RATE)
                .queueBytes(128 * 1024)
                .build();
        Impairment wide = Impairment.builder()
                .delay(Duration.ofMillis(10))
                .rateBytesPerSecond(125e6)
                .build();
        simulation.connect(near, middle, wide);
        simulation.connect(middle, far, link);
        relays.add(startRelay(middle));
        nodes.add(Node.of("relay-" + middles.size(), middle.address(RELAY_PORT)));
        middles.add(middle);
    }

    private Relay startRelay(SimulatedNode middle) {
        return await(Relay.builder(middle.eventLoopGroup(), new RouteKey(RELAY_SECRET))
                .channelFactories(SimulatedServerStreamChannel::new, middle.streamChannelFactory())
                .allocator(allocator)
                .clock(() -> NOW)
                .localAddress(middle.address(RELAY_PORT))
                .start());
    }

    /** As a process that is stopped, replaced, and comes back at the same address. */
    void restartRelay(int relay, Duration away) {
        relays.get(relay).close();
        simulation.runFor(away);
        relays.set(relay, startRelay(middles.get(relay)));
    }

    private void listen() {
        ServerBootstrap listener = new ServerBootstrap()
                .group(origin.eventLoopGroup())
                .channelFactory(SimulatedServerStreamChannel::new)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        served.add(new Peer(channel));
                    }
                });
        simulation.await(listener.bind(origin.address(ORIGIN_PORT)), LIMIT);
    }

    Peer connect() {
        return connect(INGRESS_PORT);
    }

    Peer connect(int port) {
        ChannelFuture connecting = new Bootstrap()
                .group(client.eventLoopGroup())
                .channelFactory(client.streamChannelFactory())
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel made) {
                        new Peer(made);
                    }
                })
                .connect(near.address(port));
        simulation.await(connecting, LIMIT);
        return connecting.channel().pipeline().get(Peer.class);
    }

    /** Connects, and waits for the other end of it. */
    Peer[] pair() {
        int before = served.size();
        Peer one = connect();
        until(() -> served.size() > before, "nobody came to the origin");
        return new Peer[] {one, served.get(before)};
    }

    void until(BooleanSupplier condition, String otherwise) {
        assertTrue(simulation.runUntil(condition, LIMIT), otherwise);
    }

    <T> T await(Future<T> future) {
        T value = simulation.await(future, LIMIT);
        if (value == null) {
            throw new IllegalStateException("future: null (expected: a value)");
        }
        return value;
    }

    /** How often the egress counted a reason. */
    long count(FlowSharderReason reason) {
        return egress.counters().getOrDefault(reason, 0L);
    }

    /** Both ways arrive whole, whatever happened before. */
    void assertUnharmed(Peer[] pair) {
        pair[0].stream(1, UNHARMED_BYTES);
        pair[1].stream(2, UNHARMED_BYTES);
        until(() -> pair[0].gone && pair[1].gone, "connections did not end");
        assertEquals(Peer.digestOf(1, UNHARMED_BYTES), pair[1].receivedDigest());
        assertEquals(Peer.digestOf(2, UNHARMED_BYTES), pair[0].receivedDigest());
    }

    @Override
    public void close() {
        ingress.close();
        egress.close();
        relays.forEach(Relay::close);
        simulation.runFor(Duration.ofSeconds(5));
        simulation.close();
        allocator.assertAllReleased();
    }
}
