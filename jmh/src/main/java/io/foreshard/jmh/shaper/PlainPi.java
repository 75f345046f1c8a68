package io.foreshard.jmh.shaper;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;

/**
 * Proportional and integral control as the field recommends it: the same gains, from the same loop delay, without a predictor. It is told
 * the capacity as the watch sees it.
 */
final class PlainPi implements DelayCalculator {

    private static final double TARGET_NANOS = 5e6;
    private static final double LEAST = 0.05;
    private static final double MOST = 1.3;

    private double integral;
    private long lastNanos;

    PlainPi() {}

    @Override
    public double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos) {
        double elapsed = nowNanos - lastNanos;
        lastNanos = nowNanos;
        double loop = bottleneck.loopDelayNanos();
        double error = bottleneck.queueDelayNanos() - TARGET_NANOS;
        double step = 0.0625 * error / loop * elapsed / loop;
        double next = 0.5 * error / loop + integral + step;
        if (Double.isNaN(next)) {
            return UNLIMITED;
        }
        integral += next > 1 - MOST && next < 1 - LEAST ? step : 0;
        double factor = 1 - 0.5 * error / loop - integral;
        double rate = bottleneck.capacityBytesPerSecond() * Math.max(LEAST, Math.min(MOST, factor));
        return rate > 0 ? rate : UNLIMITED;
    }

    @Override
    public long delayNanos(FlowView flow, BottleneckView bottleneck) {
        return 0;
    }
}
