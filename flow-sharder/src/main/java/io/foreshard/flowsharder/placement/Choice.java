package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlacementRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes of a request that take shards, and how a selection among them becomes a placement. */
final class Choice {

    private final List<NodeState> states;
    private final Roster roster;

    Choice(PlacementRequest request) {
        this(request, null);
    }

    /** Takes a roster of earlier, if it is of the same nodes: to hash their names anew costs more than to choose among them. */
    Choice(PlacementRequest request, @Nullable Roster earlier) {
        this.states = request.nodes().stream().filter(NodeState::isUp).toList();
        this.roster = earlier != null && earlier.isOf(states)
                ? earlier
                : new Roster(states.stream().map(NodeState::node).toList());
    }

    Roster roster() {
        return roster;
    }

    List<NodeState> states() {
        return states;
    }

    List<Node> nodes() {
        return states.stream().map(NodeState::node).toList();
    }

    Placement of(short[] order, int count, @Nullable BoundedLoad load) {
        int[] chosen = new int[Math.min(count, states.size())];
        int wanted = Math.min(count, Short.MAX_VALUE);
        int selected = Selection.select(roster, 0, order, 0, order.length, wanted, load, chosen);
        List<Node> nodes = Arrays.stream(chosen, 0, Selection.count(selected))
                .mapToObj(roster::node)
                .toList();
        return new Placement(nodes, Selection.concessions(selected));
    }
}
