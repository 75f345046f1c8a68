package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.runtime.Checks;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** Up to it the series is exact enough, to ten digits. */
    private static final double SERIES_UP_TO = 0.4;

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
        rackCount = count(racks);
        bottleneckCount = count(bottlenecks);
        requireDistinct();
    }

    private void requireDistinct() {
        Set<String> ids = new HashSet<>(2 * nodes.size());
        nodes.forEach(node -> ids.add(node.id()));
        if (ids.size() < nodes.size()) {
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

    /** Groups that have names are numbered from 0; the others have numbers of their own. */
    private static int count(int[] groups) {
        int named = 0;
        int single = 0;
        for (int group : groups) {
            named = group < groups.length ? Math.max(named, group + 1) : named;
            single += group < groups.length ? 0 : 1;
        }
        return named + single;
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

    /** Whether it has the nodes of these states, in the same order. */
    boolean isOf(List<NodeState> states) {
        boolean same = states.size() == nodes.size();
        for (int i = 0; same && i < nodes.size(); i++) {
            same = states.get(i).node().equals(nodes.get(i));
        }
        return same;
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
        new Ranking(this, order.length).rank(slot, order, 0);
        return order;
    }

    /** Returns by which of its bits, as a number up to 2^53, a node draws its time for a slot. */
    long drawn(long slotSeed, int node) {
        long hash = (slotSeed ^ seeds[node]) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 32)) * 0x94d049bb133111ebL;
        return hash >>> 11;
    }

    /** Returns the time that a node draws for a slot; the lowest is preferred. */
    double time(long slotSeed, int node) {
        return exponential((drawn(slotSeed, node) + 0.5) * TO_UNIT) * meanTimes[node];
    }

    /** Returns what no node of a time below the limit has drawn more than: the time is no less than what was drawn. */
    long drawnBelow(double limit, int node) {
        return (long) Math.min(0x1p53, limit / meanTimes[node] * 0x1p53);
    }

    double weights() {
        return nodes.stream().mapToDouble(Node::weight).sum();
    }

    static long slotSeed(int slot) {
        return mix(slot + 0x9e3779b97f4a7c15L);
    }

    /** Returns the node that a slot prefers most after another one, by looking at all. */
    int after(int slot, int previous) {
        long slotSeed = slotSeed(slot);
        double least = time(slotSeed, previous);
        double best = Double.POSITIVE_INFINITY;
        int found = previous;
        for (int i = 0; i < seeds.length; i++) {
            double time = time(slotSeed, i);
            if (time > least && time < best) {
                best = time;
                found = i;
            }
        }
        return found;
    }

    /** Returns {@code -ln(1 - x)}: what is uniform in (0, 1) becomes exponential with mean 1. */
    private static double exponential(double x) {
        if (x > SERIES_UP_TO) {
            return -StrictMath.log(1 - x);
        }
        // 2 atanh(x / (2 - x)), which needs half as many terms as the logarithm's own series.
        double z = x / (2 - x);
        double q = z * z;
        double tail = 1.0 / 9 + q * (1.0 / 11 + q * (1.0 / 13 + q * (1.0 / 15)));
        return 2 * z * (1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * tail))));
    }
}
