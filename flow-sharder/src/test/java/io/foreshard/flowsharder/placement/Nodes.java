package io.foreshard.flowsharder.placement;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeMetrics;
import io.foreshard.flowsharder.spi.NodeState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;

/** Nodes for tests. */
final class Nodes {

    private Nodes() {}

    static Node node(int number) {
        return Node.of("n" + number, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1000 + number));
    }

    static List<Node> nodes(int count) {
        return IntStream.range(0, count).mapToObj(Nodes::node).toList();
    }

    static List<NodeState> up(List<Node> nodes) {
        return nodes.stream().map(NodeState::up).toList();
    }

    /** A node whose processors are in use by a share. */
    static NodeState loaded(Node node, double cpu) {
        return NodeState.up(node).with(NodeMetrics.UNKNOWN.withLoad(new NodeLoad(cpu, Double.NaN, Double.NaN, 0, 1)));
    }
}
