package io.foreshard.transport;

import io.foreshard.coreapi.Reason;
import io.foreshard.shardcodec.TrafficClass;
import io.foreshard.shardcodec.spi.Carrier;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import io.netty.util.concurrent.PromiseNotifier;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** An endpoint over bound channels: one {@link SessionLoop} per event loop, one {@link LoopRouter} between them. */
final class DefaultEndpoint implements ShardEndpoint {

    private final ShardEndpointBuilder builder;
    private final ChannelSetup setup;
    private final List<BoundSocket> sockets;
    private final List<EventLoop> executors;
    private final SessionLoops loops = new SessionLoops();
    private final List<PacketSink> sinks = new ArrayList<>();
    private final byte[] cookieSecret = new byte[CookieMint.SECRET_BYTES];

    private DefaultEndpoint(
            ShardEndpointBuilder builder, ChannelSetup setup, List<BoundSocket> sockets, List<EventLoop> executors) {
        this.builder = builder;
        this.setup = setup;
        this.sockets = sockets;
        this.executors = executors;
        builder.config.random.nextBytes(cookieSecret);
    }

    static ShardEndpoint start(
            ShardEndpointBuilder builder, ChannelSetup setup, List<BoundSocket> sockets, List<EventLoop> executors) {
        DefaultEndpoint endpoint = new DefaultEndpoint(builder, setup, sockets, executors);
        endpoint.start();
        return endpoint;
    }

    private void start() {
        List<LoopRouter.Inbox> inboxes = new ArrayList<>();
        for (int i = 0; i < executors.size(); i++) {
            Channel channel = unmarked(i);
            SessionLoop loop = new SessionLoop(
                    executors.get(i),
                    channel.alloc(),
                    builder.config,
                    builder.listener,
                    marked(i),
                    cookieSecret,
                    i,
                    executors.size());
            PacketSink sink = new ChannelSink(channel, Carrier.DATAGRAM);
            loops.add(loop);
            sinks.add(sink);
            inboxes.add(new LoopRouter.Inbox(loop, sink));
        }
        LoopRouter router = new LoopRouter(inboxes);
        for (BoundSocket socket : sockets) {
            ChannelPipeline pipeline = socket.channel().pipeline();
            pipeline.addLast(new EndpointHandler(router, loops.get(socket.loop()), socket.loop()));
            pipeline.remove(EndpointBinding.Gate.class);
        }
    }

    /** Returns the unmarked socket of a loop, or the first one where loops have none of their own. */
    private Channel unmarked(int loop) {
        return sockets.stream()
                .filter(socket -> socket.mark() == null && socket.loop() == loop)
                .findFirst()
                .orElse(sockets.get(0))
                .channel();
    }

    private ClassSinks marked(int loop) {
        Map<TrafficClass, PacketSink> marked = new EnumMap<>(TrafficClass.class);
        for (BoundSocket socket : sockets) {
            if (socket.mark() != null && socket.loop() == loop) {
                marked.put(socket.mark(), new ChannelSink(socket.channel(), Carrier.DATAGRAM));
            }
        }
        return new ClassSinks(marked);
    }

    @Override
    public Future<ShardSession> connect(SocketAddress remote, @Nullable InetSocketAddress destination) {
        int index = loops.nextIndex();
        SessionLoop loop = loops.get(index);
        Promise<ShardSession> promise = loop.executor().newPromise();
        if (!(remote instanceof InetSocketAddress inet) || inet.isUnresolved()) {
            return promise.setFailure(
                    new IllegalArgumentException("remote: " + remote + " (expected: a resolved internet address)"));
        }
        try {
            loop.run(() -> loop.connect(sinks.get(index), remote, destination)
                    .opened()
                    .addListener(new PromiseNotifier<>(promise)));
        } catch (RejectedExecutionException shutDown) {
            promise.tryFailure(shutDown);
        }
        return promise;
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) sockets.get(0).channel().localAddress();
    }

    @Override
    public List<Capability> capabilities() {
        return setup.capabilities();
    }

    @Override
    public Map<Reason, Long> counters() {
        return loops.counters();
    }

    @Override
    public long reassemblyBytes() {
        return loops.reassemblyBytes();
    }

    @Override
    public long peakReassemblyBytes() {
        return loops.peakReassemblyBytes();
    }

    @Override
    public Future<Void> close() {
        Promise<Void> closed = executors.get(0).newPromise();
        try {
            loops.close(() -> closeChannels(closed));
        } catch (RejectedExecutionException shutDown) {
            closed.tryFailure(shutDown);
        }
        return closed;
    }

    private void closeChannels(Promise<Void> closed) {
        PromiseCombiner combiner = new PromiseCombiner(executors.get(0));
        sockets.forEach(socket -> combiner.add((Future<Void>) socket.channel().close()));
        combiner.finish(closed);
    }
}
