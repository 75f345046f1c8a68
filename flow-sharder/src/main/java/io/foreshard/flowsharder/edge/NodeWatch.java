package io.foreshard.flowsharder.edge;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.flowsharder.session.Leg;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeMetrics;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.NodeStatus;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session knows of nodes: what its legs show, and what the application was told. A node over which no leg could be opened several
 * times counts as down until it can be reached again. Belongs to one event loop.
 */
final class NodeWatch {

    private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);
    private static final int FAILURES_OF_A_DEAD_NODE = 3;

    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, NodeStatus> told = new HashMap<>();
    private final Map<String, NodeLoad> loads = new HashMap<>();
    private final @Nullable TelemetrySource source;
    private List<Node> candidates;

    NodeWatch(List<Node> candidates, @Nullable TelemetrySource source) {
        this.candidates = List.copyOf(candidates);
        this.source = source;
    }

    void candidates(List<Node> all) {
        candidates = List.copyOf(all);
        failures.keySet()
                .removeIf(id -> all.stream().noneMatch(node -> node.id().equals(id)));
    }

    void told(String nodeId, NodeStatus status) {
        told.put(nodeId, status);
    }

    void told(String nodeId, NodeLoad load) {
        loads.put(nodeId, load);
    }

    void failed(Node node) {
        failures.merge(node.id(), 1, Integer::sum);
    }

    void works(Node node) {
        failures.remove(node.id());
    }

    /** Returns the nodes that are to be tried again, as nobody else would. */
    List<Node> dead() {
        return candidates.stream().filter(this::isDead).toList();
    }

    private boolean isDead(Node node) {
        return failures.getOrDefault(node.id(), 0) >= FAILURES_OF_A_DEAD_NODE;
    }

    List<NodeState> states(List<LegKeeper.Slot> slots, long nowNanos) {
        refresh(nowNanos);
        List<NodeState> states = new ArrayList<>(candidates.size());
        for (Node node : candidates) {
            NodeStatus status = isDead(node) ? NodeStatus.DOWN : told.getOrDefault(node.id(), NodeStatus.UP);
            states.add(new NodeState(node, status, metrics(node, slots), Double.NaN));
        }
        return states;
    }

    /** What the source tells goes before what was told by hand. */
    private void refresh(long nowNanos) {
        for (Node node : candidates) {
            NodeLoad load = source == null || node.address() == null ? null : load(source, node.address(), nowNanos);
            if (load != null) {
                loads.put(node.id(), load);
            }
        }
    }

    /** A source that fails knows nothing. */
    private static @Nullable NodeLoad load(TelemetrySource source, InetSocketAddress address, long nowNanos) {
        try {
            return source.latestLoad(address, nowNanos);
        } catch (RuntimeException failed) {
            LOG.debug("No load of {}", address, failed);
            return null;
        }
    }

    private NodeMetrics metrics(Node node, List<LegKeeper.Slot> slots) {
        int shards = 0;
        double latency = Double.NaN;
        for (LegKeeper.Slot slot : slots) {
            Leg leg = slot.leg();
            if (leg != null && node.equals(slot.at())) {
                shards++;
                latency = leg.roundTripNanos() > 0 ? (double) leg.roundTripNanos() : latency;
            }
        }
        NodeMetrics seen = NodeMetrics.of(shards, latency);
        @Nullable NodeLoad load = loads.get(node.id());
        return load == null ? seen : seen.withLoad(load);
    }
}
