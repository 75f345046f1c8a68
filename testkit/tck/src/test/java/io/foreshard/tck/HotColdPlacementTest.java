package io.foreshard.tck;

import io.foreshard.flowsharder.placement.HotColdPlacement;
import io.foreshard.flowsharder.spi.PlacementPolicy;

class HotColdPlacementTest implements PlacementPolicyContract {

    @Override
    public PlacementPolicy placement() {
        return HotColdPlacement.builder().build();
    }
}
