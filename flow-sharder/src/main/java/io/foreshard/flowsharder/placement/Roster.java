package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.Node;
import io.foreshard.runtime.Checks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes with numbers, and in which order each key prefers them.
 *
 * <p>Each node draws an exponential time at the rate of its weight, from a hash of key and name; who is first is preferred (rendezvous
 * hashing, Thaler and Ravishankar, 1998; weights as of Schindelhauer and Schomaker, 2005: the order of {@code -w / ln u}). So a node that
 * leaves moves nothing but what it carried, and one that comes takes nothing but its share. Keys are taken together in {@value #SLOTS}
 * slots, so that a table can hold all orders. The same on every machine.
 */
final class Roster {

    static final int SLOTS = 1 << 16;

    /** Below it the series is exact enough, to eleven digits. */
    private static final double SERIES_UP_TO = 0.125;

    private static final double TO_UNIT = 0x1p-53;

    private final List<Node> nodes;
    private final long[] seeds;
    private final double[] meanTimes;
    private final int[] racks;
    private final int[] bottlenecks;
    private final int rackCount;
    private final int bottleneckCount;

    Roster(List<Node> nodes) {
        Checks.inRange("nodes", nodes.size(), 0, Short.MAX_VALUE);
        this.nodes = List.copyOf(nodes);
        seeds = nodes.stream().mapToLong(node -> seed(node.id())).toArray();
        meanTimes = nodes.stream().mapToDouble(node -> 1 / node.weight()).toArray();
        racks = groups(nodes.stream().map(Node::rack).toList());
        bottlenecks = groups(nodes.stream().map(Node::bottleneck).toList());
        rackCount = (int) Arrays.stream(racks).distinct().count();
        bottleneckCount = (int) Arrays.stream(bottlenecks).distinct().count();
        requireDistinct();
    }

    private void requireDistinct() {
        if (nodes.stream().map(Node::id).distinct().count() < nodes.size()) {
            throw new IllegalArgumentException(
                    "nodes: " + nodes.stream().map(Node::id).toList() + " (expected: each once)");
        }
    }

    /** What is in no group is one of its own. */
    private static int[] groups(List<String> names) {
        Map<String, Integer> known = new HashMap<>();
        int[] groups = new int[names.size()];
        for (int i = 0; i < groups.length; i++) {
            groups[i] =
                    names.get(i).isEmpty() ? names.size() + i : known.computeIfAbsent(names.get(i), x -> known.size());
        }
        return groups;
    }

    private static long seed(String id) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /** Stafford's thirteenth variant of the finalizer of MurmurHash3. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    static int slot(long key) {
        return (int) (mix(key) >>> 48);
    }

    int size() {
        return nodes.size();
    }

    Node node(int index) {
        return nodes.get(index);
    }

    int rack(int index) {
        return racks[index];
    }

    int bottleneck(int index) {
        return bottlenecks[index];
    }

    int rackCount() {
        return rackCount;
    }

    int bottleneckCount() {
        return bottleneckCount;
    }

    /** Returns all nodes, the preferred ones first. */
    short[] ranked(int slot) {
        short[] order = new short[nodes.size()];
        rank(slot, order, 0, new double[order.length]);
        return order;
    }

    /**
     * Writes the nodes that a slot prefers.
     *
     * @param times scratch for as many as are wanted, at most all
     */
    void rank(int slot, short[] order, int at, double[] times) {
        long slotSeed = mix(slot + 0x9e3779b97f4a7c15L);
        int known = 0;
        for (int i = 0; i < seeds.length; i++) {
            double drawn = draw(slotSeed, seeds[i]);
            // The time is no less than what was drawn, so most nodes need no logarithm.
            if (known < times.length || drawn * meanTimes[i] < times[known - 1]) {
                known = insert(i, exponential(drawn) * meanTimes[i], order, at, times, known);
            }
        }
    }

    private static int insert(int node, double time, short[] order, int at, double[] times, int known) {
        if (known == times.length && time >= times[known - 1]) {
            return known;
        }
        int place = known == times.length ? known - 1 : known;
        while (place > 0 && times[place - 1] > time) {
            times[place] = times[place - 1];
            order[at + place] = order[at + place - 1];
            place--;
        }
        times[place] = time;
        order[at + place] = (short) node;
        return Math.min(known + 1, times.length);
    }

    /** Returns a number in (0, 1). */
    private static double draw(long slotSeed, long nodeSeed) {
        long hash = (slotSeed ^ nodeSeed) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 32)) * 0x94d049bb133111ebL;
        return ((hash >>> 11) + 0.5) * TO_UNIT;
    }

    /** Returns {@code -ln(1 - x)}: what is uniform in (0, 1) becomes exponential with mean 1. */
    private static double exponential(double x) {
        if (x > SERIES_UP_TO) {
            return -StrictMath.log(1 - x);
        }
        double sum = x / 11;
        for (int power = 10; power >= 1; power--) {
            sum = x * (1.0 / power + sum);
        }
        return sum;
    }
}
