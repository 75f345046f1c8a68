package io.foreshard.transport;

import io.foreshard.coreapi.Reason;
import io.foreshard.shardcodec.spi.Carrier;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import io.netty.util.concurrent.PromiseNotifier;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An endpoint over bound channels: one {@link SessionLoop} per event loop, one {@link LoopRouter} between them. */
final class DefaultEndpoint implements ShardEndpoint {

    private final ShardEndpointBuilder builder;
    private final ChannelSetup setup;
    private final List<Channel> channels;
    private final List<EventLoop> executors;
    private final List<SessionLoop> loops = new ArrayList<>();
    private final List<PacketSink> sinks = new ArrayList<>();
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final byte[] cookieSecret = new byte[CookieMint.SECRET_BYTES];

    private DefaultEndpoint(
            ShardEndpointBuilder builder, ChannelSetup setup, List<Channel> channels, List<EventLoop> executors) {
        this.builder = builder;
        this.setup = setup;
        this.channels = channels;
        this.executors = executors;
        builder.config.random.nextBytes(cookieSecret);
    }

    static ShardEndpoint start(
            ShardEndpointBuilder builder, ChannelSetup setup, List<Channel> channels, List<EventLoop> executors) {
        DefaultEndpoint endpoint = new DefaultEndpoint(builder, setup, channels, executors);
        endpoint.start();
        return endpoint;
    }

    private void start() {
        List<LoopRouter.Inbox> inboxes = new ArrayList<>();
        for (int i = 0; i < executors.size(); i++) {
            Channel channel = channels.get(Math.min(i, channels.size() - 1));
            SessionLoop loop = new SessionLoop(
                    executors.get(i),
                    channel.alloc(),
                    builder.config,
                    builder.listener,
                    cookieSecret,
                    i,
                    executors.size());
            PacketSink sink = new ChannelSink(channel, Carrier.DATAGRAM);
            loops.add(loop);
            sinks.add(sink);
            inboxes.add(new LoopRouter.Inbox(loop, sink));
        }
        LoopRouter router = new LoopRouter(inboxes);
        for (int i = 0; i < channels.size(); i++) {
            channels.get(i).pipeline().addLast(new EndpointHandler(router, loops.get(i), i));
            channels.get(i).pipeline().remove(EndpointBinding.Gate.class);
        }
    }

    @Override
    public Future<ShardSession> connect(SocketAddress remote, @Nullable InetSocketAddress destination) {
        int index = Math.floorMod(nextLoop.getAndIncrement(), loops.size());
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
        return (InetSocketAddress) channels.get(0).localAddress();
    }

    @Override
    public List<Capability> capabilities() {
        return setup.capabilities();
    }

    @Override
    public Map<Reason, Long> counters() {
        Map<Reason, Long> sum = new HashMap<>();
        loops.forEach(loop -> loop.allCounters().forEach((reason, count) -> sum.merge(reason, count, Long::sum)));
        return sum;
    }

    @Override
    public long reassemblyBytes() {
        return loops.stream().mapToLong(loop -> loop.reassembler().usedBytes()).sum();
    }

    @Override
    public long peakReassemblyBytes() {
        return loops.stream().mapToLong(loop -> loop.reassembler().peakBytes()).sum();
    }

    @Override
    public Future<Void> close() {
        EventLoop executor = executors.get(0);
        Promise<Void> closed = executor.newPromise();
        try {
            List<Future<?>> loopsClosed = new ArrayList<>();
            for (SessionLoop loop : loops) {
                loopsClosed.add(loop.executor().submit(() -> loop.close("the endpoint is closed")));
            }
            executor.execute(() -> whenAll(executor, loopsClosed).addListener(done -> closeChannels(closed)));
        } catch (RejectedExecutionException shutDown) {
            closed.tryFailure(shutDown);
        }
        return closed;
    }

    private static Promise<Void> whenAll(EventLoop executor, List<Future<?>> futures) {
        PromiseCombiner combiner = new PromiseCombiner(executor);
        futures.forEach(combiner::add);
        Promise<Void> all = executor.newPromise();
        combiner.finish(all);
        return all;
    }

    private void closeChannels(Promise<Void> closed) {
        PromiseCombiner combiner = new PromiseCombiner(executors.get(0));
        channels.forEach(channel -> combiner.add((Future<Void>) channel.close()));
        combiner.finish(closed);
    }
}
