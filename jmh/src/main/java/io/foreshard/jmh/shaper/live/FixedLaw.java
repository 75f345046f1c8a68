package io.foreshard.jmh.shaper.live;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;

/** The same rate and the same delay always. */
record FixedLaw(double bytesPerSecond, long delayNanos) implements DelayCalculator {

    @Override
    public double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos) {
        return bytesPerSecond;
    }

    @Override
    public long delayNanos(FlowView flow, BottleneckView bottleneck) {
        return delayNanos;
    }
}
