package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.PlacementConcession;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes nodes in an order of preference, so that they are different, not full, and apart from each other; where that cannot be, gives up
 * first the racks, then the bottlenecks, then the bound. Allocates nothing.
 */
final class Selection {

    private static final int APART = 0;
    private static final int SHARED_RACK = 1;
    private static final int SHARED_BOTTLENECK = 2;
    private static final int OVER_BOUND = 3;

    private static final int CONCESSIONS_SHIFT = 16;

    private Selection() {}

    /**
     * Returns how many were chosen and what had to be given up, to be read by {@link #count} and {@link #concessions}.
     *
     * @param slot whose preferences count behind the end of the order, if that has not all nodes
     * @param order nodes by preference, from one index to before another
     * @param load who is full, or {@code null} for nobody
     * @param chosen receives the nodes, has room for as many as wanted
     */
    static int select(
            Roster roster,
            int slot,
            short[] order,
            int from,
            int to,
            int count,
            @Nullable BoundedLoad load,
            int[] chosen) {
        int found = 0;
        int concessions = 0;
        for (int level = APART; level <= OVER_BOUND; level++) {
            int node = 0;
            for (int i = 0; i < roster.size() && found < count && isPossible(roster, level, found); i++) {
                node = from + i < to ? order[from + i] : roster.after(slot, node);
                int costs = costs(roster, node, chosen, found, load);
                if (costs >= 0 && isAllowed(costs, level)) {
                    chosen[found++] = node;
                    concessions |= costs;
                } else if (costs >= bit(PlacementConcession.OVER_BOUND)) {
                    concessions |= bit(PlacementConcession.FULL_NODE);
                }
            }
        }
        concessions |= found < count ? bit(PlacementConcession.TOO_FEW_NODES) : 0;
        return found | (concessions << CONCESSIONS_SHIFT);
    }

    /** Whether there may be a node left that is apart from those chosen, as far as the number of groups tells. */
    private static boolean isPossible(Roster roster, int level, int found) {
        return found < roster.size()
                && (level > APART || found < roster.rackCount())
                && (level > SHARED_RACK || found < roster.bottleneckCount());
    }

    /** Returns what it would mean to take a node, -1 if it is taken. */
    private static int costs(Roster roster, int node, int[] chosen, int found, @Nullable BoundedLoad load) {
        int costs = load != null && load.isFull(node) ? bit(PlacementConcession.OVER_BOUND) : 0;
        for (int i = 0; i < found; i++) {
            int other = chosen[i];
            if (other == node) {
                return -1;
            }
            costs |= roster.rack(node) == roster.rack(other) ? bit(PlacementConcession.SHARED_RACK) : 0;
            costs |= roster.bottleneck(node) == roster.bottleneck(other)
                    ? bit(PlacementConcession.SHARED_BOTTLENECK)
                    : 0;
        }
        return costs;
    }

    private static boolean isAllowed(int costs, int level) {
        return (level >= SHARED_RACK || (costs & bit(PlacementConcession.SHARED_RACK)) == 0)
                && (level >= SHARED_BOTTLENECK || (costs & bit(PlacementConcession.SHARED_BOTTLENECK)) == 0)
                && (level >= OVER_BOUND || (costs & bit(PlacementConcession.OVER_BOUND)) == 0);
    }

    private static int bit(PlacementConcession concession) {
        return 1 << concession.ordinal();
    }

    static int count(int selected) {
        return selected & ((1 << CONCESSIONS_SHIFT) - 1);
    }

    static Set<PlacementConcession> concessions(int selected) {
        Set<PlacementConcession> all = EnumSet.allOf(PlacementConcession.class);
        all.removeIf(concession -> ((selected >>> CONCESSIONS_SHIFT) & bit(concession)) == 0);
        return all;
    }
}
