package io.foreshard.tck;

import io.foreshard.stackvirt.scaling.IdleHistogramScaling;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import java.time.Duration;

class IdleHistogramScalingTest implements ScalingPolicyContract {

    @Override
    public ScalingPolicy scaling() {
        return new IdleHistogramScaling(Duration.ofMinutes(1));
    }
}
