package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.Node;
import io.foreshard.runtime.Checks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weighted rendezvous hashing as a table: which nodes each of 65,536 slots of keys prefers, so that a pick is one look-up. Chooses what
 * {@link RendezvousPlacement} chooses. Immutable, so any thread may read it; build another off the data path when nodes come or go.
 */
public final class RendezvousTable {

    /** Default number of preferred nodes that stand in the table. */
    public static final int DEFAULT_WIDTH = 8;

    private final Roster roster;
    private final List<Node> nodes;
    private final int width;
    private final short[] order;

    private RendezvousTable(List<Node> nodes, int width) {
        this.roster = new Roster(nodes);
        this.nodes = List.copyOf(nodes);
        this.width = Math.min(width, nodes.size());
        this.order = new short[Roster.SLOTS * this.width];
        Ranking ranking = new Ranking(roster, this.width);
        for (int slot = 0; slot < Roster.SLOTS; slot++) {
            ranking.rank(slot, order, slot * this.width);
        }
    }

    /**
     * Builds a table, which takes some tens of milliseconds for a hundred nodes.
     *
     * @param nodes those that take shards, each once; their numbers are their places in the list
     * @throws IllegalArgumentException if there is none, or one twice
     */
    public static RendezvousTable of(List<Node> nodes) {
        return of(nodes, DEFAULT_WIDTH);
    }

    /**
     * Builds a table.
     *
     * @param nodes those that take shards, each once; their numbers are their places in the list
     * @param width how many preferred nodes stand in it, 1…64; picks for which too few of them fit look at all nodes,
     *     which takes a hundred times as long
     * @throws IllegalArgumentException if there is no node, or one twice, or the width is out of range
     */
    public static RendezvousTable of(List<Node> nodes, int width) {
        Checks.require(!nodes.isEmpty(), "nodes", nodes, "at least one");
        return new RendezvousTable(nodes, Checks.inRange("width", width, 1, 64));
    }

    /** Returns the nodes in the order of their numbers. */
    public List<Node> nodes() {
        return nodes;
    }

    /**
     * Chooses nodes for a key, without allocating anything: different ones, apart from each other and not full, as far as there are enough.
     *
     * @param key of the session or flow
     * @param count how many
     * @param load who is full, or {@code null} for nobody; read only
     * @param chosen receives their numbers, preferred ones first; at least {@code count} long
     * @return how many were chosen; fewer than asked for only where there are fewer nodes
     */
    public int pick(long key, int count, @Nullable BoundedLoad load, int[] chosen) {
        int slot = Roster.slot(key);
        return Selection.count(
                Selection.select(roster, slot, order, slot * width, (slot + 1) * width, count, load, chosen));
    }
}
