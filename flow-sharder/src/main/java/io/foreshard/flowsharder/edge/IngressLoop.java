package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.relay.RouteHeader;
import io.foreshard.flowsharder.session.Flow;
import io.foreshard.flowsharder.session.FlowEnd;
import io.foreshard.flowsharder.session.Leg;
import io.foreshard.flowsharder.session.LegEndReason;
import io.foreshard.flowsharder.session.ResetReason;
import io.foreshard.flowsharder.session.Session;
import io.foreshard.flowsharder.session.SessionListener;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.wire.JoinToken;
import io.foreshard.flowsharder.wire.LegFormat;
import io.foreshard.runtime.ReasonCounters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an ingress has on one event loop: a session with the egress, and the legs of it. All but the constructor on that loop. */
final class IngressLoop implements SessionListener, LegKeeper.Dialer {

    private static final long MILLI = 1_000_000L;

    private final IngressSettings settings;
    private final EdgeSockets sockets;
    private final EventLoop loop;
    private final LoopClock clock;
    private final ReasonCounters<FlowSharderReason> counters;
    private final LegKeeper keeper = new LegKeeper(this);
    private final LoopMemory memory;
    private Session session;
    private long sessionHigh;
    private long sessionLow;
    private long instance;
    private boolean closed;

    IngressLoop(IngressSettings settings, EdgeSockets sockets, EventLoop loop) {
        this.settings = settings;
        this.sockets = sockets;
        this.loop = loop;
        clock = new LoopClock(loop);
        counters = new ReasonCounters<>(FlowSharderReason.class, settings.observer());
        memory = new LoopMemory(settings.memoryBytes());
        session = newSession();
    }

    private Session newSession() {
        sessionHigh = settings.random().nextLong();
        sessionLow = settings.random().nextLong();
        instance = 0;
        Session fresh = new Session(
                memory.setup(settings.limits(), settings.scheduler().get(), counters), this, clock.nowNanos());
        loop.execute(new SessionTicker(fresh, loop, clock));
        return fresh;
    }

    ReasonCounters<FlowSharderReason> counters() {
        return counters;
    }

    Session session() {
        return session;
    }

    LoopClock clock() {
        return clock;
    }

    List<LegKeeper.Slot> slots() {
        return keeper.slots();
    }

    void follow(List<Node> nodes) {
        if (!closed) {
            keeper.follow(nodes, session);
        }
    }

    /** Begins a flow, {@code null} when there are too many. */
    @Nullable
    Flow open(String target, FlowEnd end) {
        return session.open(target, end, clock.nowNanos());
    }

    @Override
    public void dial(LegKeeper.Slot slot, Node node, int leg, int epoch) {
        InetSocketAddress relay = node.address();
        JoinToken token = token(leg, epoch);
        ByteBuf route = relay == null ? null : route();
        Session joining = session;
        DialedLeg.Outcome outcome = new DialedLeg.Outcome() {
            @Override
            public void onAccepted(DialedLeg dialed, long egressInstance, long checksumKey, long roundTripNanos) {
                accepted(joining, slot, node, dialed, egressInstance, checksumKey, roundTripNanos);
            }

            @Override
            public void onRefused(DialedLeg dialed) {
                keeper.failed(slot);
            }
        };
        SocketAddress to = relay == null ? settings.egress() : relay;
        sockets.client(loop, (int) (settings.joinTimeoutNanos() / MILLI), new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        sockets.configureLeg(channel);
                        channel.pipeline()
                                .addLast(new DialedLeg(
                                        channel,
                                        counters,
                                        clock,
                                        settings.key(),
                                        token,
                                        route,
                                        settings.joinTimeoutNanos(),
                                        outcome));
                    }
                })
                .connect(to)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        if (route != null) {
                            route.release();
                        }
                        keeper.failed(slot);
                    }
                });
    }

    private JoinToken token(int leg, int epoch) {
        long expiry = settings.wallClock().instant().getEpochSecond() + settings.tokenSeconds();
        return settings.key()
                .sign(new JoinToken(
                        LegFormat.VERSION,
                        sessionHigh,
                        sessionLow,
                        leg,
                        epoch,
                        expiry,
                        settings.random().nextLong(),
                        settings.random().nextLong(),
                        0,
                        0));
    }

    private ByteBuf route() {
        long expiry = settings.wallClock().instant().getEpochSecond() + settings.tokenSeconds();
        RouteHeader header = RouteHeader.to(
                settings.egressName(),
                expiry,
                settings.random().nextLong(),
                settings.random().nextLong());
        ByteBuf bytes = settings.allocator().buffer(header.bytes());
        settings.routeKey().sign(header).write(bytes);
        return bytes;
    }

    private void accepted(
            Session joining,
            LegKeeper.Slot slot,
            Node node,
            DialedLeg dialed,
            long egressInstance,
            long checksumKey,
            long roundTripNanos) {
        if (closed || joining != session) {
            dialed.close();
            return;
        }
        if (instance == 0) {
            instance = egressInstance;
        } else if (instance != egressInstance) {
            // The egress knows nothing of our flows any more: better say so than wait for ever.
            counters.count(FlowSharderReason.SESSION_LOST);
            dialed.close();
            session.close(ResetReason.SESSION_LOST, clock.nowNanos());
            session = newSession();
            keeper.restart();
            return;
        }
        Leg leg = dialed.join(session, dialed.id(), checksumKey, roundTripNanos);
        keeper.joined(slot, node, leg, session);
    }

    @Override
    public void later(Runnable action, long nanos) {
        try {
            loop.schedule(action, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException shutDown) {
            keeper.stop();
        }
    }

    @Override
    public long nowNanos() {
        return clock.nowNanos();
    }

    @Override
    public void onFlow(Flow flow, String target) {
        // Flows begin here; the egress has no business to open any.
        flow.reset(ResetReason.TARGET_FORBIDDEN, clock.nowNanos());
    }

    @Override
    public void onLegGone(Leg leg, LegEndReason reason) {
        keeper.gone(leg, reason);
    }

    void close() {
        closed = true;
        keeper.stop();
        session.close(ResetReason.CLOSED, clock.nowNanos());
    }
}
