package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.flowsharder.spi.Placement;
import io.foreshard.flowsharder.spi.PlacementPolicy;
import io.foreshard.flowsharder.spi.PlacementRequest;
import java.util.List;

/**
 * The default where keys are to stay where they are: weighted rendezvous hashing with bounded load, racks and bottlenecks apart. What is in
 * flight counts as load where it is known. A node that leaves moves its own keys and no others, as long as nobody is full.
 */
public final class RendezvousPlacement implements PlacementPolicy {

    private final double aboveMean;

    /**
     * Makes the policy.
     *
     * @param aboveMean how much a node may carry above its share by weight, as a share of it, above 0 and finite
     * @throws IllegalArgumentException if it is not
     */
    public RendezvousPlacement(double aboveMean) {
        this.aboveMean = aboveMean;
        // Checks the range here, not at the first request.
        new BoundedLoad(List.of(), aboveMean);
    }

    /** Makes the policy with {@link BoundedLoad#DEFAULT_ABOVE_MEAN}. */
    public RendezvousPlacement() {
        this(BoundedLoad.DEFAULT_ABOVE_MEAN);
    }

    @Override
    public Placement place(PlacementRequest request) {
        Choice choice = new Choice(request);
        short[] order = choice.roster().ranked(Roster.slot(request.key()));
        return choice.of(order, request.count(), load(choice));
    }

    private BoundedLoad load(Choice choice) {
        BoundedLoad load = new BoundedLoad(choice.nodes(), aboveMean);
        List<NodeState> states = choice.states();
        for (int i = 0; i < states.size(); i++) {
            double inFlight = states.get(i).metrics().inFlight();
            load.add(i, Double.isNaN(inFlight) ? 0 : inFlight);
        }
        return load;
    }
}
