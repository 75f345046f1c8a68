package io.foreshard.transport;

import io.foreshard.coreapi.Reason;
import io.foreshard.shardcodec.PacketFrameDecoder;
import io.foreshard.shardcodec.PacketFrameEncoder;
import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.SimulatedServerStreamChannel;
import io.foreshard.simulator.SimulatedStreamChannel;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.Impairment;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Two stream endpoints in a simulation; on closing, every buffer must be released, and nothing may have been logged as a warning. */
final class StreamPair implements AutoCloseable {

    static final int PORT = 4000;
    static final Duration LIMIT = Duration.ofMinutes(1);

    final Simulation simulation;
    final CountingAllocator allocator = new CountingAllocator();
    final Forge forge = new Forge(allocator);
    final SimulatedNode clientNode;
    final SimulatedNode serverNode;
    final SimulatedPair.Recorder atServer = new SimulatedPair.Recorder();
    final SimulatedPair.Recorder atClient = new SimulatedPair.Recorder();
    /** In the order in which they were opened. */
    final List<Channel> clientChannels = new ArrayList<>();

    final List<Channel> serverChannels = new ArrayList<>();
    final ShardEndpoint server;
    final ShardEndpoint client;

    StreamPair(long seed, Impairment both, int connections) {
        this(seed, both, connections, 1, SimulatedPair.config(seed).build());
    }

    StreamPair(long seed, Impairment both, int connections, int loops, TransportConfig config) {
        TestLog.drain();
        simulation = new Simulation(seed);
        clientNode = simulation.addNode("10.0.0.1", loops);
        serverNode = simulation.addNode("10.0.0.2", loops);
        simulation.connect(clientNode, serverNode, both);
        server = bind(serverNode, atServer, connections, loops, config);
        client = bind(clientNode, atClient, connections, loops, config);
    }

    private ShardEndpoint bind(
            SimulatedNode node, SessionListener listener, int connections, int loops, TransportConfig config) {
        return await(ShardEndpoint.builder(node.eventLoopGroup())
                .streams(connections)
                .streamChannelFactories(
                        () -> {
                            SimulatedServerStreamChannel channel = new SimulatedServerStreamChannel();
                            channel.pipeline().addFirst(new Watch());
                            return channel;
                        },
                        () -> {
                            SimulatedStreamChannel channel =
                                    node.streamChannelFactory().newChannel();
                            clientChannels.add(channel);
                            return channel;
                        })
                .allocator(allocator)
                .localAddress(node.address(PORT))
                .config(config)
                .listener(listener)
                .loops(loops)
                .bind());
    }

    /** Remembers what is accepted. */
    private final class Watch extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            serverChannels.add((Channel) message);
            ctx.fireChannelRead(message);
        }
    }

    ShardSession connect() {
        return await(client.connect(serverNode.address(PORT)));
    }

    /** Opens a session and lets all its connections join. */
    ShardSession connectAll(int connections) {
        ShardSession session = connect();
        if (!simulation.runUntil(() -> serverPaths() == connections, LIMIT)) {
            throw new AssertionError("paths: " + serverPaths() + " (expected: " + connections + ")");
        }
        return session;
    }

    int serverPaths() {
        return atServer.opened.isEmpty() ? 0 : serverEngine().paths.count();
    }

    SessionEngine serverEngine() {
        return SimulatedPair.engine(atServer.opened.get(0));
    }

    /** Opens a connection that only a test writes to; what comes back is released. */
    Channel stranger() {
        Bootstrap bootstrap = new Bootstrap()
                .group(clientNode.eventLoopGroup())
                .channelFactory(clientNode.streamChannelFactory())
                .option(ChannelOption.ALLOCATOR, allocator)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new PacketFrameDecoder(reason -> {}),
                                        new PacketFrameEncoder(),
                                        new ChannelInboundHandlerAdapter() {
                                            @Override
                                            public void channelRead(ChannelHandlerContext ctx, Object message) {
                                                ReferenceCountUtil.release(message);
                                            }

                                            @Override
                                            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                                                ctx.close();
                                            }
                                        });
                    }
                });
        var connected = bootstrap.connect(serverNode.address(PORT));
        simulation.runUntil(connected::isDone, LIMIT);
        return connected.channel();
    }

    Future<Void> send(ShardSession session, int bytes) {
        return send(session, bytes, MessageOptions.reliable());
    }

    Future<Void> send(ShardSession session, int bytes, MessageOptions options) {
        ByteBuf message = allocator.buffer(bytes).writeBytes(SimulatedPair.bytes(bytes, bytes));
        return session.send(message, options);
    }

    /** Returns whether all messages that arrived are what {@link #send} sends. */
    boolean isContentRight(SimulatedPair.Recorder at) {
        return at.messages.stream()
                .allMatch(content -> Arrays.equals(SimulatedPair.bytes(content.length, content.length), content));
    }

    <T> T await(Future<T> future) {
        T result = simulation.await(future, LIMIT);
        if (result == null) {
            throw new IllegalStateException("no result");
        }
        return result;
    }

    void awaitAll(List<Future<Void>> futures) {
        futures.forEach(future -> simulation.await(future, LIMIT));
    }

    long count(ShardEndpoint endpoint, Reason reason) {
        return endpoint.counters().getOrDefault(reason, 0L);
    }

    double seconds() {
        return simulation.nowNanos() / 1e9;
    }

    @Override
    public void close() {
        simulation.await(client.close(), Duration.ofSeconds(10));
        simulation.await(server.close(), Duration.ofSeconds(10));
        simulation.runFor(Duration.ofSeconds(1));
        simulation.close();
        allocator.assertAllReleased();
        List<String> warnings = TestLog.drain();
        if (!warnings.isEmpty()) {
            throw new AssertionError("logged: " + warnings);
        }
    }
}
