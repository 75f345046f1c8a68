package io.foreshard.flowsharder.edge;

import io.foreshard.coreapi.Reason;
import io.foreshard.flowsharder.names.HostNames;
import io.foreshard.flowsharder.session.ResetReason;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An egress: a listening socket, and what there is on each event loop. */
final class DefaultEgress implements Egress {

    private final EgressSettings settings;
    private final EdgeSockets sockets;
    private final Map<EventLoop, EgressLoop> loops = new ConcurrentHashMap<>();
    private final EgressSessions sessions;
    private volatile @Nullable Channel server;

    private DefaultEgress(EgressSettings settings, EdgeSockets sockets) {
        this.settings = settings;
        this.sockets = sockets;
        sessions = new EgressSessions(settings.mostSessions(), this::make, this::tick);
    }

    static Future<Egress> start(EgressSettings settings, EdgeSockets sockets, SocketAddress local, EventLoop any) {
        DefaultEgress egress = new DefaultEgress(settings, sockets);
        Promise<Egress> promise = any.newPromise();
        sockets.server(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        egress.accept(channel);
                    }
                })
                .bind(local)
                .addListener((ChannelFuture bound) -> {
                    egress.server = bound.channel();
                    if (bound.isSuccess()) {
                        promise.setSuccess(egress);
                    } else {
                        promise.setFailure(bound.cause());
                    }
                });
        return promise;
    }

    private void accept(Channel channel) {
        sockets.configureLeg(channel);
        channel.pipeline().addLast(new AcceptedLeg(channel, settings, sessions, loop(channel.eventLoop())));
    }

    private EgressLoop loop(EventLoop loop) {
        return loops.computeIfAbsent(loop, missing -> new EgressLoop(settings, sockets, loop));
    }

    private EgressSession make(EventLoop loop) {
        long instance = settings.random().nextLong() | 1;
        return new EgressSession(loop(loop), instance);
    }

    /** Looks after a session until it is closed, or nobody has used it for so long that its flows would be over as well. */
    private void tick(EgressSession session) {
        if (session.session().isClosed()) {
            return;
        }
        long now = session.loop().clock().nowNanos();
        long pause = session.session().tick(now);
        if (sessions.isStopped() || session.isAbandoned(settings.limits().resumeNanos())) {
            end(session);
            return;
        }
        try {
            session.loop().executor().schedule(() -> tick(session), pause, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException shutDown) {
            end(session);
        }
    }

    private void endOnItsLoop(EgressSession session) {
        try {
            session.loop().executor().execute(() -> end(session));
        } catch (RejectedExecutionException shutDown) {
            // The loop has ended, so nobody else can be at it.
            end(session);
        }
    }

    private void end(EgressSession session) {
        sessions.remove(session);
        session.session().close(ResetReason.CLOSED, session.loop().clock().nowNanos());
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) bound().localAddress();
    }

    @Override
    public int sessionCount() {
        return sessions.size();
    }

    @Override
    public Map<Reason, Long> counters() {
        Map<Reason, Long> sum = new HashMap<>();
        loops.values()
                .forEach(loop ->
                        loop.counters().snapshot().forEach((reason, amount) -> sum.merge(reason, amount, Long::sum)));
        return sum;
    }

    @Override
    public Future<Void> stop() {
        sessions.stop();
        sessions.all().forEach(this::endOnItsLoop);
        if (settings.resolver() instanceof HostNames ours) {
            ours.close();
        }
        return bound().close();
    }

    private Channel bound() {
        return Objects.requireNonNull(server, "server");
    }

    @Override
    public void close() {
        stop();
    }
}
