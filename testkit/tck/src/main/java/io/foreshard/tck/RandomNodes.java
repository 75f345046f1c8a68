package io.foreshard.tck;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeMetrics;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Nodes of any kind: up, draining, down, known and unknown. */
final class RandomNodes {

    private RandomNodes() {}

    static List<NodeState> of(SplittableRandom random) {
        List<NodeState> states = new ArrayList<>();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            Node node = new Node(
                    "node-" + i,
                    null,
                    0.1 + random.nextDouble() * 10,
                    random.nextBoolean() ? "" : "rack-" + random.nextInt(3),
                    random.nextBoolean() ? "" : "link-" + random.nextInt(3));
            NodeStatus status = NodeStatus.values()[random.nextInt(NodeStatus.values().length)];
            states.add(new NodeState(
                    node, status, metrics(random), random.nextBoolean() ? Double.NaN : random.nextDouble()));
        }
        return states;
    }

    private static NodeMetrics metrics(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            return NodeMetrics.UNKNOWN;
        }
        NodeMetrics seen =
                NodeMetrics.of(random.nextInt(20), random.nextBoolean() ? Double.NaN : random.nextDouble() * 1e8);
        NodeLoad load = new NodeLoad(random.nextDouble(), random.nextDouble(), random.nextDouble(), 0, 1);
        return random.nextBoolean() ? seen : seen.withLoad(load);
    }

    static boolean isUp(List<NodeState> states, Node node) {
        return states.stream().anyMatch(state -> state.isUp() && state.node().equals(node));
    }
}
