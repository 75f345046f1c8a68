package io.foreshard.tck;

import io.foreshard.flowsharder.placement.SteadyRebalancePolicy;
import io.foreshard.flowsharder.spi.RebalancePolicy;

class SteadyRebalancePolicyTest implements RebalancePolicyContract {

    @Override
    public RebalancePolicy rebalance() {
        return SteadyRebalancePolicy.builder().build();
    }
}
