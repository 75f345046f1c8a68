package io.foreshard.jmh.striping;

import io.foreshard.flowsharder.placement.BoundedLoad;
import io.foreshard.flowsharder.placement.RendezvousTable;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.figure.WorstFirst;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many keys move when one of 100 nodes leaves or comes, in units of what that node carries; the mean over nodes. With load bounds each
 * key is looked at once more before and after, while all others are in their places; the worst such node stands beside it. Keys that are
 * sessions stay where they are; this counts those that would not.
 */
final class DisruptionContest implements Contest {

    private static final String NAME = "disruption";
    private static final Target TARGET = Target.atMost(1.05);
    private static final int KEYS = 50_000;
    private static final int FEW_PER_NODE = 10;
    private static final int QUICK_NODES = 10;

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) {
        settings.say(NAME);
        List<Node> nodes = PickBenchmark.nodes();
        long[] keys = new SplittableRandom(settings.seed()).longs(KEYS).toArray();
        int changes = settings.quick() ? QUICK_NODES : nodes.size();
        WorstFirst.of(
                        NAME,
                        Stream.of(
                                figure("unbounded", nodes, keys, changes, false),
                                figure("bounded", nodes, keys, changes, true)))
                .forEach(figures);
    }

    private static Figure figure(String condition, List<Node> nodes, long[] keys, int changes, boolean isBounded) {
        int[] all = assign(nodes, -1, keys, isBounded);
        double[] ratios = IntStream.range(0, changes)
                .mapToDouble(i -> ratio(all, nodes, i * (nodes.size() / changes), keys, isBounded))
                .toArray();
        double modulo = moduloRatio(keys, nodes.size());
        return new Figure(
                NAME + "/" + condition,
                Arrays.stream(ratios).average().orElse(Double.NaN),
                "of-its-share",
                TARGET,
                List.of(
                        Peer.of("worst-node", Arrays.stream(ratios).max().orElse(Double.NaN)),
                        Peer.of("ten-keys-per-node", few(nodes, keys, changes, isBounded)),
                        Peer.of("modulo", modulo)));
    }

    /** With few keys bounds are reached, and who has no room sends on what others have no room for either. */
    private static double few(List<Node> nodes, long[] keys, int changes, boolean isBounded) {
        double moved = 0;
        for (int i = 0; i < changes; i++) {
            long[] some = Arrays.copyOfRange(keys, i * FEW_PER_NODE, (i + nodes.size()) * FEW_PER_NODE);
            moved += ratio(assign(nodes, -1, some, isBounded), nodes, i * (nodes.size() / changes), some, isBounded);
        }
        return moved / changes;
    }

    /** A node that comes is one that left, the other way round: the same keys move. */
    private static double ratio(int[] all, List<Node> nodes, int absent, long[] keys, boolean isBounded) {
        int[] rest = assign(nodes, absent, keys, isBounded);
        double own = Arrays.stream(all).filter(node -> node == absent).count();
        return IntStream.range(0, keys.length).filter(i -> all[i] != rest[i]).count() / own;
    }

    private static double moduloRatio(long[] keys, int nodes) {
        double moved = Arrays.stream(keys)
                .filter(key -> Long.remainderUnsigned(key, nodes) != Long.remainderUnsigned(key, nodes - 1))
                .count();
        return moved * nodes / keys.length;
    }

    private static int[] assign(List<Node> all, int absent, long[] keys, boolean isBounded) {
        List<Node> nodes = new ArrayList<>(all);
        if (absent >= 0) {
            nodes.remove(absent);
        }
        RendezvousTable table = RendezvousTable.of(nodes);
        BoundedLoad load = isBounded ? new BoundedLoad(nodes, BoundedLoad.DEFAULT_ABOVE_MEAN) : null;
        int[] assigned = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            assigned[i] = place(table, keys[i], load);
        }
        for (int i = 0; load != null && i < keys.length; i++) {
            load.add(assigned[i], -1);
            assigned[i] = place(table, keys[i], load);
        }
        return Arrays.stream(assigned)
                .map(i -> absent >= 0 && i >= absent ? i + 1 : i)
                .toArray();
    }

    private static int place(RendezvousTable table, long key, @Nullable BoundedLoad load) {
        int[] chosen = new int[1];
        table.pick(key, 1, load, chosen);
        if (load != null) {
            load.add(chosen[0], 1);
        }
        return chosen[0];
    }
}
