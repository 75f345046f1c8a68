package io.foreshard.tck;

import io.foreshard.stackvirt.scaling.PredictiveScaling;
import io.foreshard.stackvirt.spi.ScalingPolicy;

class PredictiveScalingTest implements ScalingPolicyContract {

    @Override
    public ScalingPolicy scaling() {
        return new PredictiveScaling();
    }
}
