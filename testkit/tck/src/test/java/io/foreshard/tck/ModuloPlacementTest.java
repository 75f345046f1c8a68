package io.foreshard.tck;

import io.foreshard.flowsharder.placement.ModuloPlacement;
import io.foreshard.flowsharder.spi.PlacementPolicy;

class ModuloPlacementTest implements PlacementPolicyContract {

    @Override
    public PlacementPolicy placement() {
        return new ModuloPlacement();
    }
}
