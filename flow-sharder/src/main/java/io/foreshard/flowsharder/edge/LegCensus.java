package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.placement.LegDelays;
import io.foreshard.flowsharder.placement.LegStatistics;
import io.foreshard.flowsharder.placement.SharedBottleneck;
import io.foreshard.flowsharder.session.Leg;
import io.foreshard.flowsharder.spi.FlowDemand;
import io.foreshard.flowsharder.spi.LegCapacity;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.ShardMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the legs of a session carry, could carry, and share. Capacity is what a leg was seen to pass; only a share of it is sure. Legs that
 * were found behind one bottleneck several times in a row count as such. Belongs to one event loop.
 */
final class LegCensus {

    private static final double SURE_SHARE = 0.7;
    private static final int BELIEVED_AFTER = 3;

    private final Map<Leg, Count> counts = new HashMap<>();
    private final Map<String, Double> capacityOfNodes = new HashMap<>();
    private double[] rates = {};
    private double rate = Double.NaN;
    private long measuredNanos;
    private List<Leg> grouped = List.of();
    private List<String> groupedNodes = List.of();
    private int[] groups = {};
    private int sameGroups;

    /** A leg's bytes as of the last time, and the delays since. */
    private static final class Count {
        private final LegDelays delays = new LegDelays();
        private long bytes;
    }

    /** Ends an interval of delays. */
    void endInterval(List<LegKeeper.Slot> slots) {
        for (LegKeeper.Slot slot : slots) {
            Leg leg = slot.leg();
            if (leg != null) {
                count(leg).delays.endInterval();
            }
        }
    }

    private Count count(Leg leg) {
        return counts.computeIfAbsent(leg, fresh -> {
            Count count = new Count();
            leg.observeRoundTrips(count.delays::add);
            return count;
        });
    }

    void measure(List<LegKeeper.Slot> slots, long nowNanos) {
        double seconds = (nowNanos - measuredNanos) / 1e9;
        boolean first = measuredNanos == 0;
        measuredNanos = nowNanos;
        rates = new double[slots.size()];
        double sum = 0;
        List<Leg> alive = new ArrayList<>();
        List<String> at = new ArrayList<>();
        for (int shard = 0; shard < slots.size(); shard++) {
            Leg leg = slots.get(shard).leg();
            Node node = slots.get(shard).at();
            if (leg != null && node != null) {
                alive.add(leg);
                at.add(node.id());
                Count count = count(leg);
                long bytes = leg.sentDataBytes() + leg.receivedDataBytes();
                rates[shard] = first ? 0 : (bytes - count.bytes) / seconds;
                count.bytes = bytes;
                sum += rates[shard];
                capacityOfNodes.merge(node.id(), Math.max(rates[shard], leg.bytesPerSecond()), Math::max);
            }
        }
        rate = first ? Double.NaN : sum;
        counts.keySet().retainAll(alive);
        group(alive);
        groupedNodes = at;
    }

    private void group(List<Leg> alive) {
        List<LegStatistics> statistics =
                alive.stream().map(leg -> count(leg).delays.statistics()).toList();
        boolean same = alive.equals(grouped);
        int[] before = same ? groups : new int[alive.size()];
        groups = SharedBottleneck.groups(statistics, before);
        sameGroups = same && Arrays.equals(groups, before) ? sameGroups + 1 : 0;
        grouped = alive;
    }

    double bytesPerSecond(int shard) {
        return shard < rates.length ? rates[shard] : 0;
    }

    /** Puts together what a planner wants to know; nodes in use come first. */
    FlowDemand demand(ShardMap map, List<NodeState> states, long unchangedNanos, boolean isLimited) {
        List<LegCapacity> legs = new ArrayList<>();
        map.nodes().forEach(node -> legs.add(capacity(node)));
        for (NodeState state : states) {
            if (state.isUp() && !map.nodes().contains(state.node())) {
                legs.add(capacity(state.node()));
            }
        }
        return new FlowDemand(map.shardCount(), Math.max(0, unchangedNanos), rate, isLimited, Double.NaN, legs);
    }

    private LegCapacity capacity(Node node) {
        Double seen = capacityOfNodes.get(node.id());
        double mean = seen == null || seen == 0 ? Double.NaN : seen;
        String bottleneck = node.bottleneck().isEmpty() ? seenBottleneck(node.id()) : node.bottleneck();
        return new LegCapacity(node.id(), mean, SURE_SHARE * mean, bottleneck);
    }

    /** Returns a name for what a node was found to share with another one, empty for nothing. */
    private String seenBottleneck(String nodeId) {
        int index = groupedNodes.indexOf(nodeId);
        if (index < 0 || sameGroups < BELIEVED_AFTER || groups[index] == SharedBottleneck.NONE) {
            return "";
        }
        long sharing =
                Arrays.stream(groups).filter(group -> group == groups[index]).count();
        return sharing > 1 ? "seen-" + groups[index] : "";
    }
}
