package io.foreshard.tck;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;

final class HalvingDelayCalculator implements DelayCalculator {

    private double rate = UNLIMITED;
    private long decidedNanos;

    @Override
    public double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos) {
        long elapsed = nowNanos - decidedNanos;
        if (elapsed >= 0 && elapsed < 2 * bottleneck.loopDelayNanos()) {
            return rate;
        }
        decidedNanos = nowNanos;
        double queue = bottleneck.queueDelayNanos();
        if (queue > 20e6) {
            double most = Math.min(rate, bottleneck.capacityBytesPerSecond());
            rate = most > 0 ? Math.max(10_000, most / 2) : rate;
        } else if (elapsed > 0) {
            rate *= 1 + 0.1 * Math.min(1, elapsed / 1e9);
        }
        return rate;
    }

    @Override
    public long delayNanos(FlowView flow, BottleneckView bottleneck) {
        return 0;
    }
}
