package io.foreshard.tck;

import io.foreshard.flowsharder.placement.ThresholdRebalancePolicy;
import io.foreshard.flowsharder.spi.RebalancePolicy;

class ThresholdRebalancePolicyTest implements RebalancePolicyContract {

    @Override
    public RebalancePolicy rebalance() {
        return new ThresholdRebalancePolicy(0.8);
    }
}
