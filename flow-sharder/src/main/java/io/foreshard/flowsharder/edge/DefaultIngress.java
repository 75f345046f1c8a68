package io.foreshard.flowsharder.edge;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.Reason;
import io.foreshard.flowsharder.session.Flow;
import io.foreshard.flowsharder.session.Leg;
import io.foreshard.flowsharder.socket.Sockets;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeStatus;
import io.foreshard.runtime.Checks;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An ingress with a session on each event loop, or one for each flow. */
final class DefaultIngress implements Ingress {

    private static final long DEDICATED_CHECK_MILLIS = 100;

    private final IngressSettings settings;
    private final EdgeSockets sockets;
    private final boolean dedicated;
    private final @Nullable Supplier<SteeringSettings> steering;
    private final Map<EventLoop, IngressLoop> loops = new ConcurrentHashMap<>();
    private final Map<IngressLoop, EventLoop> sessions = new ConcurrentHashMap<>();
    private volatile List<Node> nodes;
    private volatile boolean closed;

    DefaultIngress(
            IngressSettings settings,
            EdgeSockets sockets,
            EventLoopGroup group,
            boolean dedicated,
            List<Node> nodes,
            @Nullable Supplier<SteeringSettings> steering) {
        this.steering = steering;
        this.settings = settings;
        this.sockets = sockets;
        this.dedicated = dedicated;
        this.nodes = List.copyOf(nodes);
        if (!dedicated) {
            for (EventExecutor executor : group) {
                EventLoop loop = (EventLoop) executor;
                loop.execute(() -> shared(loop));
            }
        }
    }

    private IngressLoop shared(EventLoop loop) {
        IngressLoop known = loops.get(loop);
        if (known != null) {
            return known;
        }
        IngressLoop made = begin(loop);
        loops.put(loop, made);
        return made;
    }

    private IngressLoop begin(EventLoop loop) {
        SteeringSettings steered = steering == null ? null : steering.get();
        IngressLoop made = new IngressLoop(settings, sockets, loop, nodes, steered);
        sessions.put(made, loop);
        if (closed) {
            made.close();
        }
        return made;
    }

    @Override
    public Future<Channel> forward(SocketAddress local, String target) {
        Checks.require(HostAndPort.parse(target) != null, "target", target, "host:port");
        return listen(local, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Forward(target));
            }
        });
    }

    private final class Forward extends ChannelInboundHandlerAdapter {

        private final String target;

        Forward(String target) {
            this.target = target;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.pipeline().remove(this);
            carry(context.channel(), target);
        }
    }

    @Override
    public Future<Channel> listen(SocketAddress local, ChannelHandler accepted) {
        ChannelFuture bound = sockets.server(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        sockets.configureEnd(channel);
                        channel.pipeline().addLast(accepted);
                    }
                })
                .childOption(ChannelOption.AUTO_READ, false)
                .bind(local);
        Promise<Channel> promise = bound.channel().eventLoop().newPromise();
        bound.addListener(done -> {
            if (done.isSuccess()) {
                promise.setSuccess(bound.channel());
            } else {
                promise.setFailure(done.cause());
            }
        });
        return promise;
    }

    @Override
    public boolean carry(Channel connection, String target) {
        boolean carried = attach(connection, target, null);
        if (!carried) {
            Sockets.reset(connection);
        }
        return carried;
    }

    @Override
    public void carry(Channel connection, String target, TargetListener listener) {
        if (!attach(connection, target, listener)) {
            listener.onRefused(TargetRefusal.TOO_MANY_FLOWS);
        }
    }

    private boolean attach(Channel connection, String target, @Nullable TargetListener listener) {
        EventLoop loop = connection.eventLoop();
        IngressLoop carrier = dedicated ? begin(loop) : shared(loop);
        ChannelEnd end = new ChannelEnd(connection, carrier.clock(), listener);
        Flow flow = carrier.open(target, end);
        if (dedicated) {
            connection.closeFuture().addListener(gone -> closeWhenIdle(carrier, loop));
        }
        if (flow == null) {
            return false;
        }
        connection.pipeline().addLast(end);
        if (settings.proxyProtocol()) {
            flow.send(ProxyHeader.of(connection));
            flow.flush(carrier.clock().nowNanos());
        }
        end.start(flow);
        return true;
    }

    private void closeWhenIdle(IngressLoop carrier, EventLoop loop) {
        if (carrier.session().flowCount() > 0) {
            loop.schedule(() -> closeWhenIdle(carrier, loop), DEDICATED_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            sessions.remove(carrier);
            carrier.close();
        }
    }

    @Override
    public void place(List<Node> placed) {
        List<Node> copy = List.copyOf(placed);
        nodes = copy;
        sessions.forEach((carrier, loop) -> loop.execute(() -> carrier.candidates(copy)));
    }

    @Override
    public void drain(String nodeId, boolean drains) {
        NodeStatus status = drains ? NodeStatus.DRAINING : NodeStatus.UP;
        sessions.forEach((carrier, loop) -> loop.execute(() -> carrier.nodes().told(nodeId, status)));
    }

    @Override
    public void load(String nodeId, NodeLoad load) {
        sessions.forEach((carrier, loop) -> loop.execute(() -> carrier.nodes().told(nodeId, load)));
    }

    @Override
    public Future<List<LegReport>> legs() {
        List<Future<List<LegReport>>> parts = new ArrayList<>();
        int[] number = {0};
        sessions.forEach((carrier, loop) -> {
            int index = number[0]++;
            parts.add(loop.submit(() -> report(carrier, index)));
        });
        return new Gathering<LegReport>(parts).future();
    }

    private static List<LegReport> report(IngressLoop carrier, int index) {
        List<LegReport> reports = new ArrayList<>();
        List<LegKeeper.Slot> slots = carrier.slots();
        for (int shard = 0; shard < slots.size(); shard++) {
            reports.add(report(slots.get(shard), index, shard));
        }
        return reports;
    }

    private static LegReport report(LegKeeper.Slot slot, int index, int shard) {
        Leg leg = slot.leg();
        Node at = slot.at();
        String name = at == null ? "" : at.id();
        return leg == null
                ? new LegReport(index, shard, name, false, 0, 0, 0, 0)
                : new LegReport(
                        index,
                        shard,
                        name,
                        true,
                        leg.bytesPerSecond(),
                        leg.roundTripNanos(),
                        leg.sentDataBytes(),
                        leg.receivedDataBytes());
    }

    @Override
    public Map<Reason, Long> counters() {
        Map<Reason, Long> sum = new HashMap<>();
        sessions.keySet()
                .forEach(carrier -> carrier.counters()
                        .snapshot()
                        .forEach((reason, amount) -> sum.merge(reason, amount, Long::sum)));
        return sum;
    }

    @Override
    public void close() {
        closed = true;
        sessions.forEach((carrier, loop) -> loop.execute(carrier::close));
    }
}
