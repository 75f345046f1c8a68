package io.foreshard.flowshaper.scheduling;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;

/** A view that says the same always. */
record FixedView(double queueDelayNanos, double baseLatencyNanos, double congestionLevel, double serverLoad)
        implements BottleneckView {

    static final FixedView UNKNOWN = new FixedView(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    @Override
    public String name() {
        return "fixed";
    }

    @Override
    public long stepNanos() {
        return 20_000_000;
    }

    @Override
    public long loopDelayNanos() {
        return 100_000_000;
    }

    @Override
    public double capacityBytesPerSecond() {
        return Double.NaN;
    }

    @Override
    public double expectedCapacityBytesPerSecond() {
        return Double.NaN;
    }

    @Override
    public long pathAgeNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public long loadAgeNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public double rateBytesPerSecond() {
        return DelayCalculator.UNLIMITED;
    }

    @Override
    public double arrivalBytesPerSecond() {
        return 0;
    }

    @Override
    public double releaseBytesPerSecond() {
        return 0;
    }

    @Override
    public long backlogBytes() {
        return 0;
    }
}
