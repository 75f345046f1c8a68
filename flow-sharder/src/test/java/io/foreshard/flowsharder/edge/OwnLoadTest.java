package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeMetrics;
import io.foreshard.flowsharder.spi.NodeState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnLoadTest {

    private final OwnLoad own = new OwnLoad();

    @Test
    void isAllOfTheLoadWhereNobodyElseWasSeen() {
        assertEquals(0.5, own.of("a", 50, 0.5), 1e-9);
        assertEquals(0.25, own.of("a", 25, 0.25), 1e-3);
    }

    @Test
    void isWhatTheNodeCarriedOfOursAloneWhenOthersCome() {
        own.of("a", 50, 0.5);
        assertEquals(0.5, own.of("a", 50, 0.9), 1e-3);
        assertEquals(0.2, own.of("a", 20, 0.8), 1e-3);
    }

    @Test
    void isNothingWhereNothingIsKnown() {
        assertEquals(0, own.of("a", 50, Double.NaN));
        assertEquals(0, own.of("a", 0, 0.5));
        assertEquals(0, own.of("a", Double.NaN, 0.5));
        assertEquals(0, own.of("a", 50, 0.01), "so low a load tells nothing");
    }

    @Test
    void isNeverMoreThanTheLoad() {
        own.of("a", 10, 0.9);
        assertEquals(0.2, own.of("a", 1000, 0.2), 1e-9);
    }

    @Test
    void forgetsNodesThatAreNoMore() {
        Node stays = Node.of("stays", new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        Node leaves = Node.of("leaves", new InetSocketAddress(InetAddress.getLoopbackAddress(), 2));
        assertEquals(
                Map.of(stays, 0.5, leaves, 0.5), own.of(List.of(loaded(stays, 0.5), loaded(leaves, 0.5)), node -> 50));
        assertEquals(
                Set.of(stays), own.of(List.of(loaded(stays, 0.9)), node -> 50).keySet());
        Map<Node, Double> again = own.of(List.of(loaded(stays, 0.9), loaded(leaves, 0.9)), node -> 50);
        assertEquals(0.5, again.getOrDefault(stays, 0.0), 1e-2, "others came to what it carried alone");
        assertEquals(0.9, again.getOrDefault(leaves, 0.0), 1e-9, "it is new");
    }

    private static NodeState loaded(Node node, double load) {
        return NodeState.up(node).with(NodeMetrics.UNKNOWN.withLoad(new NodeLoad(load, Double.NaN, Double.NaN, 0, 1)));
    }

    @Test
    void keepsNodesApart() {
        own.of("a", 50, 0.5);
        assertEquals(0.9, own.of("b", 50, 0.9), 1e-9);
    }
}
