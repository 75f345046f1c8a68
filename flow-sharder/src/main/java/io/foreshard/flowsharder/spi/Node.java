package io.foreshard.flowsharder.spi;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A way from ingress to egress that can carry shards: by a relay, or direct.
 *
 * @param id its name, unique among the nodes; where shards go depends on it and not on the address
 * @param address where the relay listens, or {@code null} for the direct way without a relay
 * @param weight its share relative to other nodes, above 0 and finite, such as its capacity
 * @param rack what fails together with it, or empty for nothing known
 * @param bottleneck what it shares its capacity with, or empty for nothing known
 */
public record Node(String id, @Nullable InetSocketAddress address, double weight, String rack, String bottleneck) {

    /** The name of the direct way. */
    public static final String DIRECT_ID = "direct";

    /**
     * Checks name and weight.
     *
     * @throws IllegalArgumentException if the name is empty or the weight is not above 0 and finite
     */
    public Node {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("id: empty (expected: a name)");
        }
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: > 0 and finite)");
        }
    }

    /**
     * Returns a relay of weight 1 of which nothing else is known.
     *
     * @param id its name
     * @param address where it listens
     */
    public static Node of(String id, InetSocketAddress address) {
        return new Node(id, address, 1, "", "");
    }

    /** Returns the way without a relay, of weight 1. */
    public static Node direct() {
        return new Node(DIRECT_ID, null, 1, "", "");
    }

    /** Returns whether no relay stands in between. */
    public boolean isDirect() {
        return address == null;
    }

    /**
     * Returns the same node with another weight.
     *
     * @param other above 0 and finite
     * @throws IllegalArgumentException if it is not
     */
    public Node withWeight(double other) {
        return new Node(id, address, other, rack, bottleneck);
    }

    /**
     * Returns the same node at another place.
     *
     * @param otherRack what fails together with it, or empty
     * @param otherBottleneck what it shares its capacity with, or empty
     */
    public Node within(String otherRack, String otherBottleneck) {
        return new Node(id, address, weight, otherRack, otherBottleneck);
    }
}
