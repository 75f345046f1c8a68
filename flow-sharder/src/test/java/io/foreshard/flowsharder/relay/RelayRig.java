package io.foreshard.flowsharder.relay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.SimulatedServerStreamChannel;
import io.foreshard.simulator.SimulatedStreamChannel;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.Impairment;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Somebody who connects, a relay, and a next hop, in a simulation; on closing, every buffer must be released. */
final class RelayRig implements AutoCloseable {

    static final int RELAY_PORT = 4000;
    static final int HOP_PORT = 5000;
    static final String HOP = "10.0.0.3:" + HOP_PORT;
    static final long NOW_SECONDS = 1_800_000_000L;
    static final Duration LIMIT = Duration.ofMinutes(5);
    static final RouteKey KEY = new RouteKey("the relay's own secret".getBytes(StandardCharsets.US_ASCII));

    final Simulation simulation;
    final CountingAllocator allocator = new CountingAllocator();
    final SimulatedNode source;
    final SimulatedNode middle;
    final SimulatedNode target;
    final Relay relay;
    /** The next hop's ends of connections, in the order in which they came. */
    final List<RelayEnd> arrived = new ArrayList<>();

    RelayRig(long seed) {
        this(seed, builder -> builder);
    }

    RelayRig(long seed, UnaryOperator<RelayBuilder> changes) {
        simulation = new Simulation(seed);
        source = simulation.addNode("10.0.0.1", 1);
        middle = simulation.addNode("10.0.0.2", 1);
        target = simulation.addNode("10.0.0.3", 1);
        Impairment link = Impairment.builder()
                .delay(Duration.ofMillis(5))
                .rateBytesPerSecond(12_500_000)
                .build();
        simulation.connect(source, middle, link);
        simulation.connect(middle, target, link);
        relay = await(changes.apply(Relay.builder(middle.eventLoopGroup(), KEY)
                        .channelFactories(SimulatedServerStreamChannel::new, middle.streamChannelFactory())
                        .allocator(allocator)
                        .clock(() -> Instant.ofEpochSecond(NOW_SECONDS))
                        .localAddress(middle.address(RELAY_PORT)))
                .start());
        listen();
    }

    private void listen() {
        ServerBootstrap listener = new ServerBootstrap()
                .group(target.eventLoopGroup())
                .channelFactory(SimulatedServerStreamChannel::new)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SimulatedStreamChannel>() {
                    @Override
                    protected void initChannel(SimulatedStreamChannel channel) {
                        RelayEnd end = new RelayEnd(channel);
                        arrived.add(end);
                        channel.pipeline().addLast(end);
                    }
                });
        await(listener.bind(target.address(HOP_PORT)));
    }

    /** Opens a connection to the relay, over which nothing is sent yet. */
    RelayEnd connect() {
        SimulatedStreamChannel channel = source.streamChannelFactory().newChannel();
        RelayEnd end = new RelayEnd(channel);
        Future<Void> connected = new Bootstrap()
                .group(source.eventLoopGroup())
                .channelFactory(() -> channel)
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(end)
                .connect(middle.address(RELAY_PORT));
        runUntil(connected::isDone);
        return end;
    }

    /** Opens a connection that is led to the next hop. */
    RelayEnd route() {
        RelayEnd end = connect();
        long before = relay.totals().routed();
        end.send(header(HOP));
        runUntil(() -> relay.totals().routed() > before);
        return end;
    }

    static RouteHeader signed(String hop) {
        return KEY.sign(RouteHeader.to(hop, NOW_SECONDS + 60, 1, 2));
    }

    static ByteBuf header(String hop) {
        return bytes(signed(hop));
    }

    static ByteBuf bytes(RouteHeader header) {
        ByteBuf out = Unpooled.buffer(header.bytes());
        header.write(out);
        return out;
    }

    RelayEnd lastArrived() {
        return arrived.get(arrived.size() - 1);
    }

    long count(RelayReason reason) {
        return relay.counters().get(reason);
    }

    <T> T await(Future<T> future) {
        T result = simulation.await(future, LIMIT);
        return result;
    }

    void runUntil(BooleanSupplier condition) {
        assertTrue(simulation.runUntil(condition, LIMIT), "within " + LIMIT);
    }

    @Override
    public void close() {
        simulation.close();
        allocator.assertAllReleased();
    }
}
