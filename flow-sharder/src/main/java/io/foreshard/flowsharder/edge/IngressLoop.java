package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.placement.LegDelays;
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
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an ingress has on one event loop: a session with the egress, and the legs of it. All but the constructor on that loop. */
final class IngressLoop implements SessionListener, LegKeeper.Dialer, SteeredSession {

    private static final long MILLI = 1_000_000L;
    private static final int BEATS_PER_PROBE = 5;

    private final IngressSettings settings;
    private final EdgeSockets sockets;
    private final EventLoop loop;
    private final LoopClock clock;
    private final ReasonCounters<FlowSharderReason> counters;
    private final LegKeeper keeper;
    private final LoopMemory memory;
    private final NodeWatch nodes;
    private final @Nullable Steering steering;
    private Session session;
    private long sessionHigh;
    private long sessionLow;
    private long instance;
    private int beats;
    private boolean closed;

    IngressLoop(
            IngressSettings settings,
            EdgeSockets sockets,
            EventLoop loop,
            List<Node> candidates,
            @Nullable SteeringSettings steered) {
        this.settings = settings;
        this.sockets = sockets;
        this.loop = loop;
        clock = new LoopClock(loop);
        keeper = new LegKeeper(this, settings.random());
        counters = new ReasonCounters<>(FlowSharderReason.class, settings.observer());
        memory = new LoopMemory(settings.memoryBytes());
        nodes = new NodeWatch(candidates, settings.telemetry());
        session = newSession();
        steering = steered == null ? null : new Steering(steered, this, nodes);
        if (steering == null) {
            keeper.follow(candidates, session);
        } else {
            steer(steering);
        }
    }

    private void steer(Steering wheel) {
        if (!closed) {
            wheel.beat(clock.nowNanos());
            if (++beats % BEATS_PER_PROBE == 0) {
                nodes.dead().forEach(this::probe);
            }
            later(() -> steer(wheel), LegDelays.INTERVAL_NANOS);
        }
    }

    /** Looks whether a node that counts as dead can be reached again. */
    private void probe(Node node) {
        if (node.address() != null) {
            sockets.client(loop, (int) (settings.joinTimeoutNanos() / MILLI), new ChannelInboundHandlerAdapter())
                    .connect(node.address())
                    .addListener((ChannelFuture connected) -> {
                        if (connected.isSuccess()) {
                            nodes.works(node);
                        }
                        connected.channel().close();
                    });
        }
    }

    private Session newSession() {
        sessionHigh = settings.random().nextLong();
        sessionLow = settings.random().nextLong();
        instance = 0;
        Session fresh =
                new Session(memory.setup(settings.limits(), settings.schedulers(), counters), this, clock.nowNanos());
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

    @Override
    public long key() {
        return sessionLow;
    }

    @Override
    public List<LegKeeper.Slot> slots() {
        return keeper.slots();
    }

    @Override
    public boolean wasLimited() {
        return session.wasLimited();
    }

    /** Says which nodes there are: all carry a shard, unless steering decides. */
    void candidates(List<Node> all) {
        if (steering == null) {
            follow(all);
        } else {
            steering.candidates(all);
        }
    }

    NodeWatch nodes() {
        return nodes;
    }

    @Override
    public void follow(List<Node> placed) {
        if (!closed) {
            keeper.follow(placed, session);
        }
    }

    @Override
    public void storeIsAway() {
        counters.count(FlowSharderReason.STORE_AWAY);
    }

    @Override
    public void later(Runnable action) {
        later(action, 0);
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
                nodes.failed(node);
                keeper.failed(slot, node);
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
                        nodes.failed(node);
                        keeper.failed(slot, node);
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
        nodes.works(node);
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
        LegEndEvent.emit(sessionLow, leg, reason);
        keeper.gone(leg, reason);
    }

    void close() {
        closed = true;
        keeper.stop();
        session.close(ResetReason.CLOSED, clock.nowNanos());
    }
}
