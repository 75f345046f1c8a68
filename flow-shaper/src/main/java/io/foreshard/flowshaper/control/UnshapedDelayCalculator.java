package io.foreshard.flowshaper.control;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import io.foreshard.flowshaper.spi.RateCause;

/** Limits and delays nothing: what a shaper is compared with. Immutable and safe for use by several threads and bottlenecks. */
public final class UnshapedDelayCalculator implements DelayCalculator {

    /** Makes the calculator. */
    public UnshapedDelayCalculator() {}

    @Override
    public double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos) {
        return UNLIMITED;
    }

    @Override
    public RateCause rateCause() {
        return RateCause.NOT_NEEDED;
    }

    @Override
    public long delayNanos(FlowView flow, BottleneckView bottleneck) {
        return 0;
    }
}
