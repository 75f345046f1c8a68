package io.foreshard.tck;

import io.foreshard.stackvirt.scaling.KeepAliveScaling;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import java.time.Duration;

class KeepAliveScalingTest implements ScalingPolicyContract {

    @Override
    public ScalingPolicy scaling() {
        return new KeepAliveScaling(Duration.ofMinutes(1));
    }
}
