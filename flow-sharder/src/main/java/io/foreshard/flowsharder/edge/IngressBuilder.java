package io.foreshard.flowsharder.edge;

import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.flowsharder.placement.InMemoryShardMapStore;
import io.foreshard.flowsharder.placement.LoadForecasts;
import io.foreshard.flowsharder.placement.QuantileFlowPlanner;
import io.foreshard.flowsharder.placement.RendezvousPlacement;
import io.foreshard.flowsharder.placement.SteadyRebalancePolicy;
import io.foreshard.flowsharder.relay.RouteKey;
import io.foreshard.flowsharder.spi.FlowPlanner;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.PlacementPolicy;
import io.foreshard.flowsharder.spi.RebalancePolicy;
import io.foreshard.flowsharder.spi.ShardMapStore;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Configures an {@link Ingress}. Each method checks its own value. Not thread-safe. */
public final class IngressBuilder extends EdgeBuilder<IngressBuilder> {

    private static final long TOKEN_SECONDS = 60;
    private static final int MOST_MAPS = 16 * 1024;

    private final InetSocketAddress egress;
    private RouteKey routeKey;
    private @Nullable Supplier<SteeringSettings> steering;
    private @Nullable Supplier<LoadForecasts> forecasts;
    private ShardMapStore store = new InMemoryShardMapStore(MOST_MAPS);
    private List<Node> nodes = List.of(Node.direct());
    private boolean dedicated;
    private boolean proxyProtocol;
    private @Nullable TelemetrySource telemetry;

    IngressBuilder(EventLoopGroup group, InetSocketAddress egress, byte[] secret) {
        super(group, secret);
        this.egress = egress;
        routeKey = new RouteKey(secret);
    }

    @Override
    IngressBuilder self() {
        return this;
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
     * Lets policies see forecasts of what others load nodes with, while the gate of these is open. They help where others come and go at times
     * that can be foreseen; elsewhere the gate stays shut.
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
     * Sets who tells the load of the nodes' hosts, by the addresses of the nodes.
     *
     * @param source nobody unless set
     * @return this
     */
    public IngressBuilder telemetry(TelemetrySource source) {
        telemetry = source;
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
        return new DefaultIngress(settings, sockets(), group, dedicated, nodes, steering);
    }
}
