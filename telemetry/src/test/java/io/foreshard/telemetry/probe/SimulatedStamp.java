package io.foreshard.telemetry.probe;

import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.Impairment;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** A sender, a reflector and a link between them in virtual time. */
final class SimulatedStamp implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofMillis(100);

    private static final int REFLECTOR_PORT = 862;

    final Simulation simulation;
    final CountingAllocator allocator = new CountingAllocator();
    final SimulatedNode here;
    final SimulatedNode there;
    final List<DatagramChannel> sockets = new ArrayList<>();
    final StampReflector reflector;
    final StampSender sender;

    SimulatedStamp(long seed, Impairment both) {
        this(seed, both, both, UnaryOperator.identity(), UnaryOperator.identity());
    }

    SimulatedStamp(
            long seed,
            Impairment forth,
            Impairment back,
            UnaryOperator<StampSenderBuilder> sends,
            UnaryOperator<StampReflectorBuilder> reflects) {
        simulation = new Simulation(seed);
        here = simulation.addNode("10.0.0.1", 1);
        there = simulation.addNode("10.0.0.2", 1);
        simulation.connect(here, there, forth, back);
        reflector = await(reflects.apply(StampReflector.builder().channelFactory(() -> socket(there)))
                .bind(there.eventLoopGroup(), target()));
        sender = await(sends.apply(PathProbe.stamp(here.eventLoopGroup())
                        .channelFactory(() -> socket(here))
                        .localAddress(here.address())
                        .destination(target())
                        .interval(INTERVAL)
                        .timeout(Duration.ofMillis(500))
                        .random(new SplittableRandom(seed)))
                .start());
    }

    private DatagramChannel socket(SimulatedNode node) {
        DatagramChannel channel = node.datagramChannelFactory().newChannel();
        channel.config().setAllocator(allocator);
        sockets.add(channel);
        return channel;
    }

    InetSocketAddress target() {
        return there.address(REFLECTOR_PORT);
    }

    void runFor(Duration duration) {
        simulation.runFor(duration);
    }

    long now() {
        return simulation.nowNanos();
    }

    long atSender(ProbeReason reason) {
        return sender.counters().get(reason);
    }

    long atReflector(ProbeReason reason) {
        return reflector.counters().get(reason);
    }

    /** Sends bytes from the reflector's own address and port, as only the reflector or a forger can. */
    void forgeAnswer(byte[] bytes) {
        DatagramChannel channel = sockets.get(0);
        channel.writeAndFlush(new DatagramPacket(allocator.buffer().writeBytes(bytes), sender.localAddress()));
    }

    /** Sends bytes from the sender's address to the reflector. */
    void forgeProbe(byte[] bytes) {
        DatagramChannel channel = sockets.get(1);
        channel.writeAndFlush(new DatagramPacket(allocator.buffer().writeBytes(bytes), target()));
    }

    <T> T await(Future<T> future) {
        T result = simulation.await(future, Duration.ofSeconds(10));
        if (result == null) {
            throw new IllegalStateException("no result");
        }
        return result;
    }

    @Override
    public void close() {
        simulation.await(sender.close(), Duration.ofSeconds(10));
        simulation.await(reflector.close(), Duration.ofSeconds(10));
        simulation.runFor(Duration.ofSeconds(2));
        simulation.close();
        allocator.assertAllReleased();
    }
}
