package io.foreshard.tck;

import io.foreshard.flowsharder.placement.RendezvousPlacement;
import io.foreshard.flowsharder.spi.PlacementPolicy;

class RendezvousPlacementTest implements PlacementPolicyContract {

    @Override
    public PlacementPolicy placement() {
        return new RendezvousPlacement();
    }
}
