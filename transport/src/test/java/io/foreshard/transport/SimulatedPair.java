package io.foreshard.transport;

import io.foreshard.coreapi.Reason;
import io.foreshard.reassembler.MessageFailure;
import io.foreshard.reassembler.MessageInfo;
import io.foreshard.shardcodec.TrafficClass;
import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.Impairment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

/**
 * Two endpoints in a simulation, a session between them, and what came out; on closing, every buffer must be released, and nothing may
 * have been logged as a warning.
 */
final class SimulatedPair implements AutoCloseable {

    static final int PORT = 4000;

    final Simulation simulation;
    final CountingAllocator allocator = new CountingAllocator();
    final Forge forge = new Forge(allocator);
    final SimulatedNode clientNode;
    final SimulatedNode serverNode;
    final Recorder atServer = new Recorder();
    final Recorder atClient = new Recorder();
    final Tap serverTap;
    final Tap clientTap;
    /** The unmarked one first. */
    final List<Channel> serverChannels = new ArrayList<>();

    final List<Channel> clientChannels = new ArrayList<>();
    final ShardEndpoint server;
    final ShardEndpoint client;
    private final List<String> expectedWarnings = new ArrayList<>();
    private final Map<Integer, byte[]> contents = new HashMap<>();

    /** What a listener heard. */
    static class Recorder implements SessionListener {

        final List<byte[]> messages = new ArrayList<>();
        final List<MessageInfo> infos = new ArrayList<>();
        final List<MessageFailure> failures = new ArrayList<>();
        final List<ShardSession> opened = new ArrayList<>();
        final List<ShardSession> closed = new ArrayList<>();
        final List<Boolean> writability = new ArrayList<>();
        Runnable whenClosed = () -> {};
        Runnable whenUnwritable = () -> {};
        boolean keepContent = true;
        long receivedBytes;
        BiConsumer<ShardSession, MessageInfo> onEach = (session, info) -> {};

        @Override
        public void onOpen(ShardSession session) {
            opened.add(session);
        }

        @Override
        public void onMessage(ShardSession session, MessageInfo info, ByteBuf message) {
            receivedBytes += message.readableBytes();
            messages.add(keepContent ? ByteBufUtil.getBytes(message) : new byte[0]);
            infos.add(info);
            message.release();
            onEach.accept(session, info);
        }

        @Override
        public void onFailure(ShardSession session, MessageFailure failure) {
            failures.add(failure);
            SessionListener.super.onFailure(session, failure);
        }

        @Override
        public void onWritabilityChanged(ShardSession session, boolean writable) {
            writability.add(writable);
            if (!writable) {
                whenUnwritable.run();
            }
        }

        @Override
        public void onClose(ShardSession session) {
            closed.add(session);
            whenClosed.run();
        }
    }

    SimulatedPair(long seed, Impairment both) {
        this(seed, both, both, config(seed).build(), 1);
    }

    SimulatedPair(long seed, Impairment forth, Impairment back, TransportConfig config, int loops) {
        this(seed, forth, back, config, config, loops);
    }

    SimulatedPair(
            long seed,
            Impairment forth,
            Impairment back,
            TransportConfig forClient,
            TransportConfig forServer,
            int loops,
            TrafficClass... marked) {
        TestLog.drain();
        simulation = new Simulation(seed);
        clientNode = simulation.addNode("10.0.0.1", loops);
        serverNode = simulation.addNode("10.0.0.2", loops);
        simulation.connect(clientNode, serverNode, forth, back);
        server = bind(serverNode, forServer, atServer, loops, serverChannels, marked);
        client = bind(clientNode, forClient, atClient, loops, clientChannels, marked);
        serverTap = new Tap(serverChannels.get(0));
        clientTap = new Tap(clientChannels.get(0));
    }

    /** Returns a configuration whose secrets follow from a seed. */
    static TransportConfigBuilder config(long seed) {
        return TransportConfig.builder().random(new SeededSecureRandom(seed));
    }

    private ShardEndpoint bind(
            SimulatedNode node,
            TransportConfig config,
            SessionListener listener,
            int loops,
            List<Channel> channels,
            TrafficClass... marked) {
        return await(ShardEndpoint.builder(node.eventLoopGroup())
                .channelFactory(() -> {
                    var channel = node.datagramChannelFactory().newChannel();
                    channels.add(channel);
                    return channel;
                })
                .allocator(allocator)
                .localAddress(node.address(PORT))
                .config(config)
                .listener(listener)
                .loops(loops)
                .markTrafficClasses(marked)
                .bind());
    }

    ShardSession connect() {
        return await(client.connect(serverNode.address(PORT)));
    }

    InetSocketAddress clientAddress() {
        return clientNode.address(PORT);
    }

    InetSocketAddress serverAddress() {
        return serverNode.address(PORT);
    }

    static SessionEngine engine(ShardSession session) {
        return ((Session) session).engine();
    }

    /** Returns the server's side of the only session. */
    ShardSession accepted() {
        simulation.runUntil(() -> !atServer.opened.isEmpty(), Duration.ofSeconds(10));
        return atServer.opened.get(0);
    }

    ByteBuf message(byte[] content) {
        return allocator.buffer(content.length).writeBytes(content);
    }

    Future<Void> send(ShardSession session, int bytes) {
        byte[] content = contents.computeIfAbsent(bytes, length -> bytes(length, length));
        return session.send(message(content), MessageOptions.reliable());
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

    void runUntilDone(List<Future<Void>> futures, Duration limit) {
        int[] done = {0};
        simulation.runUntil(
                () -> {
                    while (done[0] < futures.size() && futures.get(done[0]).isDone()) {
                        done[0]++;
                    }
                    return done[0] == futures.size();
                },
                limit);
    }

    /** Lets time pass until a message has failed and returns why. */
    MessageFailedException failureOf(Future<?> future, Duration limit) {
        try {
            simulation.await(future, limit);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof MessageFailedException typed) {
                return typed;
            }
            throw failed;
        }
        throw new AssertionError("succeeded (expected: failure)");
    }

    long count(ShardEndpoint endpoint, Reason reason) {
        return endpoint.counters().getOrDefault(reason, 0L);
    }

    double seconds() {
        return simulation.nowNanos() / 1e9;
    }

    static byte[] bytes(long seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    /** Says that a warning that contains a text is right to appear. */
    void expectWarning(String part) {
        expectedWarnings.add(part);
    }

    @Override
    public void close() {
        simulation.await(client.close(), Duration.ofSeconds(10));
        simulation.await(server.close(), Duration.ofSeconds(10));
        simulation.runFor(Duration.ofSeconds(1));
        simulation.close();
        allocator.assertAllReleased();
        List<String> warnings = TestLog.drain();
        warnings.removeIf(warning -> expectedWarnings.stream().anyMatch(warning::contains));
        if (!warnings.isEmpty()) {
            throw new AssertionError("logged: " + warnings);
        }
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
