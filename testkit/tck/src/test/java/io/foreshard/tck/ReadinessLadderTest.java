package io.foreshard.tck;

import io.foreshard.stackvirt.scaling.PredictiveScaling;
import io.foreshard.stackvirt.scaling.ReadinessLadder;
import io.foreshard.stackvirt.spi.ScalingPolicy;

class ReadinessLadderTest implements ScalingPolicyContract {

    @Override
    public ScalingPolicy scaling() {
        return new ReadinessLadder(new PredictiveScaling());
    }
}
