package io.foreshard.flowsharder.relay;

import io.foreshard.flowsharder.socket.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The relay: who is there, how many may be, and what was counted. */
final class DefaultRelay implements Relay {

    private final EventLoop first;
    private final RelaySettings settings;
    private final RelayChannels channels;
    private final Map<EventLoop, RelayLoop> loops = new ConcurrentHashMap<>();
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong accepted = new AtomicLong();
    private final Promise<Void> ended;
    private volatile boolean draining;
    private volatile @Nullable Channel server;

    DefaultRelay(EventLoopGroup group, RelaySettings settings, RelayChannels channels) {
        this.first = group.next();
        this.settings = settings;
        this.channels = channels;
        this.ended = first.newPromise();
    }

    Future<Relay> bind(SocketAddress address) {
        Promise<Relay> started = first.newPromise();
        channels.server(new AcceptWatch(), new Welcome()).bind(address).addListener(done -> {
            if (done.isSuccess()) {
                server = ((ChannelFuture) done).channel();
                started.setSuccess(this);
            } else {
                started.setFailure(done.cause());
            }
        });
        return started;
    }

    private final class Welcome extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(newHandler());
        }
    }

    /** Counts what Netty's acceptor then answers with a pause of a second. */
    private final class AcceptWatch extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            loop(ctx.channel().eventLoop()).reasons.count(RelayReason.ACCEPT_FAILED);
            ctx.fireExceptionCaught(cause);
        }
    }

    RelaySettings settings() {
        return settings;
    }

    RelayChannels channels() {
        return channels;
    }

    RelayLoop loop(EventLoop loop) {
        return loops.computeIfAbsent(loop, unused -> new RelayLoop(settings.observer(), channels.newConduits()));
    }

    /** Returns whether there is room for one more connection, which has its place until it is closed. */
    boolean admit(Channel channel, RelayLoop loop) {
        accepted.incrementAndGet();
        if (draining) {
            loop.reasons.count(RelayReason.DRAINING);
            return false;
        }
        if (open.incrementAndGet() > settings.connectionLimit()) {
            open.decrementAndGet();
            loop.reasons.count(RelayReason.TOO_MANY_CONNECTIONS);
            return false;
        }
        channel.closeFuture().addListener(done -> open.decrementAndGet());
        watch(channel);
        return true;
    }

    /** Remembers a socket, so that the relay does not end before it. */
    void watch(Channel channel) {
        connections.add(channel);
        channel.closeFuture().addListener(done -> {
            connections.remove(channel);
            endIfDrained();
        });
    }

    private void endIfDrained() {
        if (draining && connections.isEmpty() && ended.trySuccess(null)) {
            loops.forEach(DefaultRelay::closeConduits);
            channels.close();
        }
    }

    /** On their own loop, unless that has ended. */
    private static void closeConduits(EventLoop executor, RelayLoop loop) {
        try {
            executor.execute(loop.conduits::close);
        } catch (RejectedExecutionException ended) {
            loop.conduits.close();
        }
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        Channel bound = server;
        return bound == null ? null : (InetSocketAddress) bound.localAddress();
    }

    @Override
    public RelayHandler newHandler() {
        return new RelayHandler(this);
    }

    @Override
    public List<RelayCapability> capabilities() {
        return channels.capabilities();
    }

    @Override
    public RelayTotals totals() {
        return new RelayTotals(
                accepted.get(),
                open.get(),
                sum(loop -> loop.routed.get()),
                sum(loop -> loop.forth.get()),
                sum(loop -> loop.back.get()));
    }

    private long sum(ToLongFunction<RelayLoop> value) {
        return loops.values().stream().mapToLong(value).sum();
    }

    @Override
    public Map<RelayReason, Long> counters() {
        Map<RelayReason, Long> counters = new EnumMap<>(RelayReason.class);
        for (RelayReason reason : RelayReason.values()) {
            counters.put(reason, sum(loop -> loop.reasons.get(reason)));
        }
        return counters;
    }

    @Override
    public Future<Void> drain() {
        draining = true;
        Channel bound = server;
        if (bound == null) {
            endIfDrained();
        } else {
            bound.close().addListener(done -> endIfDrained());
        }
        return ended;
    }

    @Override
    public Future<Void> close() {
        drain();
        connections.forEach(Sockets::reset);
        return ended;
    }
}
