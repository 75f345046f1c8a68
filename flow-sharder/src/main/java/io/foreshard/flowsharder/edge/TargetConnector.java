package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.session.Flow;
import io.foreshard.flowsharder.session.FlowEnd;
import io.foreshard.flowsharder.session.ResetReason;
import io.foreshard.flowsharder.socket.Sockets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.resolver.dns.DnsNameResolverException;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects flows to their targets. Belongs to one event loop. */
final class TargetConnector {

    private static final Logger LOG = LoggerFactory.getLogger(TargetConnector.class);
    private static final long MILLI = 1_000_000L;

    private final EgressSettings settings;
    private final EdgeSockets sockets;
    private final EgressLoop loop;
    private boolean failureTold;

    TargetConnector(EgressSettings settings, EdgeSockets sockets, EgressLoop loop) {
        this.settings = settings;
        this.sockets = sockets;
        this.loop = loop;
    }

    void connect(Flow flow, String target) {
        InetSocketAddress named = HostAndPort.parse(target);
        if (named == null) {
            refuse(flow, ResetReason.TARGET_FORBIDDEN);
            return;
        }
        Waiting waiting = new Waiting();
        flow.attach(waiting);
        Future<? extends SocketAddress> resolving;
        try {
            resolving = settings.resolver().getResolver(loop.executor()).resolve(named);
        } catch (RuntimeException foreign) {
            failed(flow, waiting, foreign);
            return;
        }
        waiting.resolving = resolving;
        resolving.addListener(resolved -> resolved(flow, waiting, resolved));
        if (!resolving.isDone()) {
            Runnable tooLate = () -> waiting.fail(flow, ResetReason.TARGET_UNREACHABLE);
            waiting.deadline = loop.executor().schedule(tooLate, settings.connectTimeoutNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void resolved(Flow flow, Waiting waiting, Future<?> resolved) {
        waiting.stopResolving();
        if (waiting.over) {
            return;
        }
        if (resolved.cause() instanceof RejectedExecutionException) {
            loop.counters().count(FlowSharderReason.TOO_MANY_LOOKUPS);
            waiting.fail(flow, ResetReason.NO_ROOM);
        } else if (resolved.cause() instanceof RuntimeException foreign
                && !(foreign instanceof DnsNameResolverException)) {
            failed(flow, waiting, foreign);
        } else if (!(resolved.getNow() instanceof InetSocketAddress address)) {
            waiting.fail(flow, ResetReason.TARGET_UNREACHABLE);
        } else {
            judge(flow, waiting, address);
        }
    }

    private void judge(Flow flow, Waiting waiting, InetSocketAddress address) {
        boolean allowed;
        try {
            allowed = settings.allowed().test(address);
        } catch (RuntimeException foreign) {
            failed(flow, waiting, foreign);
            return;
        }
        if (allowed) {
            dial(flow, waiting, address);
        } else {
            waiting.fail(flow, ResetReason.TARGET_FORBIDDEN);
        }
    }

    /** What the application brought threw something: no flow may wait for ever for it, nor pass by it. */
    private void failed(Flow flow, Waiting waiting, RuntimeException foreign) {
        loop.counters().count(FlowSharderReason.BROKEN_POLICY);
        if (!failureTold) {
            failureTold = true;
            LOG.warn("allowedTargets or resolver failed; flows are refused, and this is not told again", foreign);
        }
        waiting.fail(flow, ResetReason.TARGET_FORBIDDEN);
    }

    private void dial(Flow flow, Waiting waiting, InetSocketAddress address) {
        int timeout = (int) (settings.connectTimeoutNanos() / MILLI);
        ChannelFuture dialing = sockets.client(loop.executor(), timeout, new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        sockets.configureEnd(channel);
                        channel.pipeline().addLast(new ChannelEnd(channel, loop.clock(), null));
                    }
                })
                .option(ChannelOption.AUTO_READ, false)
                .connect(address);
        waiting.dialing = dialing.channel();
        dialing.addListener((ChannelFuture connected) -> {
            ChannelEnd end = connected.channel().pipeline().get(ChannelEnd.class);
            if (!connected.isSuccess()) {
                waiting.fail(flow, ResetReason.TARGET_UNREACHABLE);
            } else if (waiting.over || end == null) {
                Sockets.reset(connected.channel());
            } else {
                flow.attach(end);
                flow.connected(loop.clock().nowNanos());
                end.start(flow);
                waiting.handOver(end);
            }
        });
    }

    private void refuse(Flow flow, ResetReason reason) {
        loop.counters().count(FlowSharderReason.TARGET_REFUSED);
        flow.reset(reason, loop.clock().nowNanos());
    }

    /** Takes what comes before there is a connection: no more than the first credit allows. */
    private final class Waiting implements FlowEnd {

        private final List<ByteBuf> pieces = new ArrayList<>(2);
        private boolean ended;
        private boolean over;
        private @Nullable Future<?> resolving;
        private @Nullable Future<?> deadline;
        private @Nullable Channel dialing;

        void stopResolving() {
            if (resolving != null) {
                resolving.cancel(false);
                resolving = null;
            }
            if (deadline != null) {
                deadline.cancel(false);
                deadline = null;
            }
        }

        void fail(Flow flow, ResetReason reason) {
            if (!over) {
                drop();
                refuse(flow, reason);
            }
        }

        void handOver(ChannelEnd end) {
            over = true;
            pieces.forEach(end::onData);
            pieces.clear();
            end.onDataComplete();
            if (ended) {
                end.onEnd();
            }
        }

        private void drop() {
            over = true;
            stopResolving();
            pieces.forEach(ByteBuf::release);
            pieces.clear();
        }

        @Override
        public void onData(ByteBuf piece) {
            pieces.add(piece);
        }

        @Override
        public void onDataComplete() {}

        @Override
        public void onConnected() {}

        @Override
        public void onEnd() {
            ended = true;
        }

        @Override
        public void onReset(ResetReason reason) {
            drop();
            if (dialing != null) {
                // Or else flows that are reset at once would leave as many sockets as targets that do not answer can
                // hold.
                dialing.close();
            }
        }

        @Override
        public void onRoom() {}
    }
}
