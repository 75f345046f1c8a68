package io.foreshard.tck;

import io.foreshard.stackvirt.scaling.SpecifiedScaling;
import io.foreshard.stackvirt.spi.ScalingPolicy;

class SpecifiedScalingTest implements ScalingPolicyContract {

    @Override
    public ScalingPolicy scaling() {
        return new SpecifiedScaling();
    }
}
