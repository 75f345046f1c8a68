package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.placement.LegDelays;
import io.foreshard.flowsharder.placement.LoadForecasts;
import io.foreshard.flowsharder.spi.FlowPlan;
import io.foreshard.flowsharder.spi.Move;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.NodeStatus;
import io.foreshard.flowsharder.spi.PlacedShard;
import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlacementRequest;
import io.foreshard.flowsharder.spi.PutOutcome;
import io.foreshard.flowsharder.spi.RebalanceRound;
import io.foreshard.flowsharder.spi.ShardMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides over which nodes the shards of a session go, now and then: observes, asks the policies, carries out what they say, and stores the
 * map without waiting for it. Belongs to the session's event loop.
 */
final class Steering {

    private static final int BEATS_PER_ROUND = 3;

    private final SteeringSettings settings;
    private final SteeredSession session;
    private final NodeWatch nodes;
    private final LegCensus census = new LegCensus();
    private final OwnLoad ownLoad = new OwnLoad();
    private final Map<Integer, Long> movedNanos = new HashMap<>();
    private ShardMap map = ShardMap.EMPTY;
    private long countSinceNanos;
    private int beats;
    private int placedIn;
    private boolean limited;
    private boolean fenced;

    Steering(SteeringSettings settings, SteeredSession session, NodeWatch nodes) {
        this.settings = settings;
        this.session = session;
        this.nodes = nodes;
    }

    /** Returns the map that is followed now. */
    ShardMap map() {
        return map;
    }

    /** Ends an interval of delays ({@link LegDelays#INTERVAL_NANOS}), and every now and then looks at everything. */
    void beat(long nowNanos) {
        census.endInterval(session.slots());
        if (beats++ % BEATS_PER_ROUND == 0 && !fenced) {
            decide(nowNanos);
        }
    }

    private void decide(long nowNanos) {
        limited = session.wasLimited();
        census.measure(session.slots(), nowNanos);
        List<NodeState> states = nodes.states(session.slots(), nowNanos);
        LoadForecasts forecasts = settings.forecasts();
        if (forecasts != null) {
            score(forecasts, states);
            // Forecasts are to tell what others do.
            Map<Node, Double> own = ownLoad.of(states, this::bytesPerSecond);
            states = forecasts.step(nowNanos, states, node -> own.getOrDefault(node, 0.0));
        }
        ShardMap before = map;
        resize(states, nowNanos);
        rebalance(states, nowNanos);
        if (map.version() != before.version()) {
            session.follow(map.nodes());
            store(before.version());
            placedIn = forecasts == null ? 0 : forecasts.slot();
        }
    }

    private double bytesPerSecond(Node node) {
        double bytesPerSecond = 0;
        for (int shard = 0; shard < map.shardCount(); shard++) {
            bytesPerSecond += map.node(shard).equals(node) ? census.bytesPerSecond(shard) : 0;
        }
        return bytesPerSecond;
    }

    /** What a placement cost is how long the legs take that it put where they are. */
    private void score(LoadForecasts forecasts, List<NodeState> states) {
        double nanos = 0;
        for (NodeState state : states) {
            if (map.nodes().contains(state.node()) && state.metrics().latencyNanos() > 0) {
                nanos = Math.max(nanos, state.metrics().latencyNanos());
            }
        }
        if (nanos > 0) {
            forecasts.score(placedIn, nanos);
        }
    }

    private void resize(List<NodeState> states, long nowNanos) {
        FlowPlan plan = settings.planner().plan(census.demand(map, states, nowNanos - countSinceNanos, limited));
        if (plan.count() == map.shardCount()) {
            return;
        }
        Placement placement = settings.placement().place(new PlacementRequest(session.key(), states, plan.count()));
        List<Node> placed = keepingOld(placement.nodes());
        if (!placed.isEmpty() && placed.size() != map.shardCount()) {
            ShardCountEvent.emit(session.key(), map.shardCount(), placed.size(), plan.reason(), placement);
            map = map.withNodes(placed);
            countSinceNanos = nowNanos;
        }
    }

    /** Shards that are somewhere stay there; others go to the nodes of the placement that carry none yet. */
    private List<Node> keepingOld(List<Node> placed) {
        List<Node> kept = new ArrayList<>(map.nodes().subList(0, Math.min(map.shardCount(), placed.size())));
        List<Node> fresh = new ArrayList<>(placed);
        kept.forEach(fresh::remove);
        while (kept.size() < placed.size() && !fresh.isEmpty()) {
            kept.add(fresh.remove(0));
        }
        return kept;
    }

    private void rebalance(List<NodeState> states, long nowNanos) {
        List<PlacedShard> shards = new ArrayList<>();
        for (int shard = 0; shard < map.shardCount(); shard++) {
            shards.add(new PlacedShard(
                    session.key(),
                    shard,
                    map.node(shard).id(),
                    census.bytesPerSecond(shard),
                    limited,
                    movedNanos.getOrDefault(shard, countSinceNanos)));
        }
        for (Move move : settings.rebalance().rebalance(new RebalanceRound(nowNanos, shards, states))) {
            ShardMoveEvent.emit(move);
            map = map.withMove(move.shard(), move.to());
            movedNanos.put(move.shard(), nowNanos);
        }
    }

    /** Whoever was replaced stops; otherwise what becomes of the map is the store's business. */
    private void store(long expectedVersion) {
        settings.store()
                .put(session.key(), expectedVersion, map)
                .whenComplete((outcome, failure) -> session.later(() -> onStored(outcome, failure)));
    }

    private void onStored(@Nullable PutOutcome outcome, @Nullable Throwable failure) {
        if (outcome == PutOutcome.STALE_EPOCH) {
            fenced = true;
        } else if (failure != null) {
            session.storeIsAway();
        }
    }

    /** Says which nodes there are from now on. */
    void candidates(List<Node> all) {
        nodes.candidates(all);
    }

    /** The node is to be stopped, or may be used again. */
    void status(String nodeId, NodeStatus told) {
        nodes.told(nodeId, told);
    }
}
