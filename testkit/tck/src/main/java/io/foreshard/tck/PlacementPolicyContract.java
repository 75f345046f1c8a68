package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlacementPolicy;
import io.foreshard.flowsharder.spi.PlacementRequest;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What the flow sharder relies on in a {@link PlacementPolicy}. A test class implements {@link #placement()} and inherits the tests. The
 * nodes are the same in every run.
 */
public interface PlacementPolicyContract {

    /**
     * Returns the policy under test; called at least once per test.
     *
     * @return a new one, as an application would configure it
     */
    PlacementPolicy placement();

    /** Shards go to nodes of the request that are up, and there are no more of them than asked for. */
    @Test
    default void placesOnNodesThatAreUp() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2_000; i++) {
            List<NodeState> states = RandomNodes.of(random);
            int count = 1 + random.nextInt(8);
            Placement placement = placement().place(new PlacementRequest(random.nextLong(), states, count));
            assertTrue(placement.nodes().size() <= count);
            placement.nodes().forEach(node -> assertTrue(RandomNodes.isUp(states, node), node::id));
            boolean anyUp = states.stream().anyMatch(NodeState::isUp);
            assertFalse(anyUp && placement.nodes().isEmpty(), "a node is up, but nothing was placed");
        }
    }

    /** It is a function of the request. */
    @Test
    default void answersTheSameTwice() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 500; i++) {
            PlacementRequest request =
                    new PlacementRequest(random.nextLong(), RandomNodes.of(random), 1 + random.nextInt(8));
            PlacementPolicy policy = placement();
            assertEquals(policy.place(request), policy.place(request));
        }
    }
}
