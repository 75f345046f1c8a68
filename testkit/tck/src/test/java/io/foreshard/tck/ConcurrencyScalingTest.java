package io.foreshard.tck;

import io.foreshard.stackvirt.scaling.ConcurrencyScaling;
import io.foreshard.stackvirt.spi.ScalingPolicy;

class ConcurrencyScalingTest implements ScalingPolicyContract {

    @Override
    public ScalingPolicy scaling() {
        return new ConcurrencyScaling();
    }
}
