package io.foreshard.flowsharder.edge;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.flowsharder.placement.InMemoryShardMapStore;
import io.foreshard.flowsharder.placement.LoadForecasts;
import io.foreshard.flowsharder.placement.QuantileFlowPlanner;
import io.foreshard.flowsharder.placement.RendezvousPlacement;
import io.foreshard.flowsharder.placement.SteadyRebalancePolicy;
import io.foreshard.flowsharder.relay.RouteKey;
import io.foreshard.flowsharder.scheduling.EarliestCompletionFirst;
import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.flowsharder.session.SessionLimits;
import io.foreshard.flowsharder.spi.FlowPlanner;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.PlacementPolicy;
import io.foreshard.flowsharder.spi.RebalancePolicy;
import io.foreshard.flowsharder.spi.ShardMapStore;
import io.foreshard.flowsharder.spi.StreamScheduler;
import io.foreshard.flowsharder.wire.JoinKey;
import io.foreshard.runtime.Checks;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Configures an {@link Ingress}. Each method checks its own value. Not thread-safe. */
public final class IngressBuilder {

    private static final long TOKEN_SECONDS = 60;
    private static final int MOST_MAPS = 16 * 1024;

    private final EventLoopGroup group;
    private final InetSocketAddress egress;
    private final JoinKey key;
    private RouteKey routeKey;
    private @Nullable Supplier<SteeringSettings> steering;
    private @Nullable Supplier<LoadForecasts> forecasts;
    private ShardMapStore store = new InMemoryShardMapStore(MOST_MAPS);
    private List<Node> nodes = List.of(Node.direct());
    private SessionLimits limits = SessionLimits.defaults();
    private FlowSchedulers schedulers = FlowSchedulers.all(EarliestCompletionFirst::new);
    private long memoryBytes = 64L << 20;
    private boolean dedicated;
    private boolean proxyProtocol;
    private Duration joinTimeout = Duration.ofSeconds(3);
    private ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    private InstantSource wallClock = InstantSource.system();
    private RandomGenerator random = new SecureRandom();
    private @Nullable TelemetrySource telemetry;
    private EngineObserver observer = EngineObserver.NOOP;
    private EdgeSockets.@Nullable Factories factories;

    IngressBuilder(EventLoopGroup group, InetSocketAddress egress, byte[] secret) {
        this.group = group;
        this.egress = egress;
        key = new JoinKey(secret);
        routeKey = new RouteKey(secret);
    }

    /**
     * Sets which nodes the shards go over.
     *
     * @param placed the node of each shard, from shard 0 on; one shard without a relay unless set
     * @return this
     */
    public IngressBuilder nodes(List<Node> placed) {
        nodes = List.copyOf(placed);
        return this;
    }

    /**
     * Lets policies choose, instead of one shard over each node: how many shards a session has, over which of the nodes, and when they move.
     *
     * @param planner how many; shared by all event loops, {@link QuantileFlowPlanner} is the default of the engine
     * @param placement over which; shared by all event loops, {@link RendezvousPlacement} is the default of the engine
     * @param rebalance makes what moves shards, one for each session; {@link SteadyRebalancePolicy} is the default of the engine
     * @return this
     */
    public IngressBuilder steered(FlowPlanner planner, PlacementPolicy placement, Supplier<RebalancePolicy> rebalance) {
        steering = () -> new SteeringSettings(
                planner, placement, rebalance.get(), store, forecasts == null ? null : forecasts.get());
        return this;
    }

    /**
     * Lets the engine's default policies choose.
     *
     * @return this
     */
    public IngressBuilder steered() {
        return steered(
                QuantileFlowPlanner.builder().build(),
                new RendezvousPlacement(),
                () -> SteadyRebalancePolicy.builder().build());
    }

    /**
     * Sets where shard maps are kept for whoever takes over; nobody ever waits for it.
     *
     * @param maps in this process's memory unless set
     * @return this
     */
    public IngressBuilder store(ShardMapStore maps) {
        store = maps;
        return this;
    }

    /**
     * Lets policies see forecasts of the nodes' loads, while the gate of these is open. Measure before use: in the simulation of the
     * comparison {@code striping} they made the longest waits longer, and the gate did not notice.
     *
     * @param factory makes them, one for each session; none unless set
     * @return this
     */
    public IngressBuilder forecasts(Supplier<LoadForecasts> factory) {
        forecasts = factory;
        return this;
    }

    /**
     * Sets the secret of the relays; needed as soon as a node is one.
     *
     * @param secret at least 16 bytes, another than the edges'; copied
     * @return this
     * @throws IllegalArgumentException if it is too short
     */
    public IngressBuilder relaySecret(byte[] secret) {
        routeKey = new RouteKey(secret);
        return this;
    }

    /**
     * Sets what chooses legs for pieces.
     *
     * @param factory makes one for each session; {@link EarliestCompletionFirst} unless set
     * @return this
     */
    public IngressBuilder scheduler(Supplier<StreamScheduler> factory) {
        return schedulers(FlowSchedulers.all(factory));
    }

    /**
     * Sets what chooses legs for the pieces of which flows.
     *
     * @param choice the same for all flows unless set
     * @return this
     */
    public IngressBuilder schedulers(FlowSchedulers choice) {
        schedulers = choice;
        return this;
    }

    /**
     * Gives each flow legs of its own instead of sharing those of its event loop.
     *
     * @param own whether; not unless set
     * @return this
     */
    public IngressBuilder dedicatedLegs(boolean own) {
        dedicated = own;
        return this;
    }

    /**
     * Tells targets who connected: each stream to a target begins with a header of the PROXY protocol, version 2.
     *
     * @param tells whether; not unless set, as targets have to expect it
     * @return this
     */
    public IngressBuilder proxyProtocol(boolean tells) {
        proxyProtocol = tells;
        return this;
    }

    /**
     * Sets how much all flows of an event loop may hold out of order, and unread beyond 128 KiB of each. Within these they may hold as much
     * again, or 64 MiB if that is more; then new flows are refused.
     *
     * @param bytes not negative; 64 MiB unless set
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public IngressBuilder memoryBytes(long bytes) {
        memoryBytes = Checks.notNegative("memoryBytes", bytes);
        return this;
    }

    /**
     * Sets how many flows a session may have at once.
     *
     * @param flows above 0; 16384 unless set
     * @return this
     * @throws IllegalArgumentException if it is not above 0
     */
    public IngressBuilder mostFlows(int flows) {
        limits = limits.withMostFlows(Checks.positive("mostFlows", flows));
        return this;
    }

    /**
     * Sets how much one flow may have under way at most: twice what all legs pass in the longest round trip is enough.
     *
     * @param bytes at least 128 KiB; 16 MiB unless set
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public IngressBuilder mostFlowBytes(long bytes) {
        limits = limits.withMostWindowBytes(
                Checks.inRange("mostFlowBytes", bytes, limits.leastWindowBytes(), Long.MAX_VALUE));
        return this;
    }

    /**
     * Sets for how long flows outlive their last leg; the same at both edges.
     *
     * @param time 1 ms to 1 h; 30 s unless set
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public IngressBuilder resumeWithin(Duration time) {
        limits = limits.withResumeNanos(
                Checks.duration("resumeWithin", time, Duration.ofMillis(1), Duration.ofHours(1)));
        return this;
    }

    /**
     * Sets how long opening a leg may take.
     *
     * @param timeout 1 ms to 10 min; 3 s unless set
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public IngressBuilder joinTimeout(Duration timeout) {
        Checks.duration("joinTimeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(10));
        joinTimeout = timeout;
        return this;
    }

    /**
     * Sets where buffers come from.
     *
     * @param source Netty's default unless set
     * @return this
     */
    public IngressBuilder allocator(ByteBufAllocator source) {
        allocator = source;
        return this;
    }

    /**
     * Sets the clock of tokens' expiry and what draws numbers that nobody may guess; for simulations.
     *
     * @param clock the system's unless set
     * @param numbers a {@link SecureRandom} unless set
     * @return this
     */
    public IngressBuilder simulated(InstantSource clock, RandomGenerator numbers) {
        wallClock = clock;
        random = numbers;
        return this;
    }

    /**
     * Sets who tells the load of the nodes' hosts, by the addresses of the nodes.
     *
     * @param source nobody unless set
     * @return this
     */
    public IngressBuilder telemetry(TelemetrySource source) {
        telemetry = source;
        return this;
    }

    /**
     * Sets who is told of what is counted.
     *
     * @param told nobody unless set
     * @return this
     */
    public IngressBuilder observer(EngineObserver told) {
        observer = told;
        return this;
    }

    /**
     * Sets what makes channels.
     *
     * @param servers of listening ones
     * @param clients of connecting ones; those that fit the event loops unless set
     * @return this
     */
    public IngressBuilder channelFactories(
            ChannelFactory<? extends ServerSocketChannel> servers, ChannelFactory<? extends SocketChannel> clients) {
        factories = new EdgeSockets.Factories(servers, clients);
        return this;
    }

    /** Makes the ingress, which begins to open its legs. */
    public Ingress start() {
        IngressSettings settings = new IngressSettings(
                egress,
                HostAndPort.format(egress),
                key,
                routeKey,
                limits,
                schedulers,
                memoryBytes,
                joinTimeout.toNanos(),
                TOKEN_SECONDS,
                proxyProtocol,
                allocator,
                wallClock,
                random,
                observer,
                telemetry);
        return new DefaultIngress(
                settings, new EdgeSockets(group, allocator, factories), group, dedicated, nodes, steering);
    }
}
