package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.Node;
import io.foreshard.runtime.Checks;
import java.util.List;

/**
 * How much each node carries, and whether it may take one more: at most its share of the whole by weight, and some above (consistent
 * hashing with bounded loads, Mirrokni, Thorup and Zadimoghaddam, 2018). Belongs to one thread; allocates nothing after construction.
 */
public final class BoundedLoad {

    /** Default of what a node may carry above its share, as a share of it: a quarter. */
    public static final double DEFAULT_ABOVE_MEAN = 0.25;

    /** A bound that is a whole number must not become the next one by rounding. */
    private static final double ROUNDING = 1e-9;

    private final double[] shares;
    private final double[] loads;
    private double total;

    /**
     * Makes loads of 0.
     *
     * @param nodes the nodes in the order of their numbers, as {@link RendezvousTable} has them
     * @param aboveMean how much a node may carry above its share, as a share of it, above 0
     * @throws IllegalArgumentException if {@code aboveMean} is not above 0 and finite
     */
    public BoundedLoad(List<Node> nodes, double aboveMean) {
        Checks.require(aboveMean > 0 && aboveMean < Double.POSITIVE_INFINITY, "aboveMean", aboveMean, "> 0 and finite");
        double weights = nodes.stream().mapToDouble(Node::weight).sum();
        this.shares = nodes.stream()
                .mapToDouble(node -> (1 + aboveMean) * node.weight() / weights)
                .toArray();
        this.loads = new double[shares.length];
    }

    /**
     * Takes that a node carries more, or less.
     *
     * @param node its number
     * @param change 1 for one shard more, -1 for one less
     */
    public void add(int node, double change) {
        loads[node] += change;
        total += change;
    }

    /**
     * Returns what a node carries.
     *
     * @param node its number
     */
    public double load(int node) {
        return loads[node];
    }

    /**
     * Returns whether a node may not take one more.
     *
     * @param node its number
     */
    public boolean isFull(int node) {
        return loads[node] + 1 > Math.ceil(shares[node] * (total + 1) - ROUNDING);
    }
}
