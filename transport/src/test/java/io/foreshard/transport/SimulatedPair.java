package io.foreshard.transport;

import io.foreshard.coreapi.Reason;
import io.foreshard.reassembler.MessageFailure;
import io.foreshard.reassembler.MessageInfo;
import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.Impairment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two endpoints in a simulation, a session between them, and what came out; on closing, every buffer must be released. */
final class SimulatedPair implements AutoCloseable {

    static final int PORT = 4000;

    final Simulation simulation;
    final CountingAllocator allocator = new CountingAllocator();
    final SimulatedNode clientNode;
    final SimulatedNode serverNode;
    final Recorder atServer = new Recorder();
    final Recorder atClient = new Recorder();
    final ShardEndpoint server;
    final ShardEndpoint client;

    /** What a listener heard. */
    static final class Recorder implements SessionListener {

        final List<byte[]> messages = new ArrayList<>();
        final List<MessageFailure> failures = new ArrayList<>();
        final List<ShardSession> opened = new ArrayList<>();
        final List<ShardSession> closed = new ArrayList<>();
        final List<Boolean> writability = new ArrayList<>();

        @Override
        public void onOpen(ShardSession session) {
            opened.add(session);
        }

        @Override
        public void onMessage(ShardSession session, MessageInfo info, ByteBuf message) {
            messages.add(ByteBufUtil.getBytes(message));
            message.release();
        }

        @Override
        public void onFailure(ShardSession session, MessageFailure failure) {
            failures.add(failure);
            SessionListener.super.onFailure(session, failure);
        }

        @Override
        public void onWritabilityChanged(ShardSession session, boolean writable) {
            writability.add(writable);
        }

        @Override
        public void onClose(ShardSession session) {
            closed.add(session);
        }
    }

    SimulatedPair(long seed, Impairment both) {
        this(seed, both, both, config(seed).build(), 1);
    }

    SimulatedPair(long seed, Impairment forth, Impairment back, TransportConfig config, int loops) {
        simulation = new Simulation(seed);
        clientNode = simulation.addNode("10.0.0.1", loops);
        serverNode = simulation.addNode("10.0.0.2", loops);
        simulation.connect(clientNode, serverNode, forth, back);
        server = bind(serverNode, config, atServer, loops);
        client = bind(clientNode, config, atClient, loops);
    }

    /** Returns a configuration whose secrets follow from a seed. */
    static TransportConfigBuilder config(long seed) {
        return TransportConfig.builder().random(new SeededSecureRandom(seed));
    }

    private ShardEndpoint bind(SimulatedNode node, TransportConfig config, SessionListener listener, int loops) {
        return await(ShardEndpoint.builder(node.eventLoopGroup())
                .channelFactory(node.datagramChannelFactory())
                .allocator(allocator)
                .localAddress(node.address(PORT))
                .config(config)
                .listener(listener)
                .loops(loops)
                .bind());
    }

    ShardSession connect() {
        return await(client.connect(serverNode.address(PORT)));
    }

    ByteBuf message(byte[] content) {
        return allocator.buffer(content.length).writeBytes(content);
    }

    <T> T await(Future<T> future) {
        return await(future, Duration.ofMinutes(10));
    }

    <T> T await(Future<T> future, Duration limit) {
        T result = simulation.await(future, limit);
        if (result == null) {
            throw new IllegalStateException("no result");
        }
        return result;
    }

    long count(ShardEndpoint endpoint, Reason reason) {
        return endpoint.counters().getOrDefault(reason, 0L);
    }

    static byte[] bytes(long seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    @Override
    public void close() {
        simulation.await(client.close(), Duration.ofSeconds(10));
        simulation.await(server.close(), Duration.ofSeconds(10));
        simulation.runFor(Duration.ofSeconds(1));
        simulation.close();
        allocator.assertAllReleased();
    }

    /** Predictable, so that a run can be repeated; never outside a simulation. */
    static final class SeededSecureRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient Random random;

        SeededSecureRandom(long seed) {
            random = new Random(seed);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            random.nextBytes(bytes);
        }

        @Override
        public long nextLong() {
            return random.nextLong();
        }
    }
}
