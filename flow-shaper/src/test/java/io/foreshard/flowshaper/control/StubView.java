package io.foreshard.flowshaper.control;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;

/** A view whose every value a test sets; nothing is known at first. */
final class StubView implements BottleneckView {

    long stepNanos = 20_000_000;
    long loopDelayNanos = 100_000_000;
    double queueDelayNanos = Double.NaN;
    double baseLatencyNanos = Double.NaN;
    double capacity = Double.NaN;
    double expected = Double.NaN;
    double congestionLevel = Double.NaN;
    double serverLoad = Double.NaN;
    long pathAgeNanos = Long.MAX_VALUE;
    long loadAgeNanos = Long.MAX_VALUE;
    double rate = DelayCalculator.UNLIMITED;
    double arrival;
    double release;
    long backlogBytes;
    double served = Double.NaN;

    @Override
    public double servedBytesPerSecond() {
        return served;
    }

    @Override
    public String name() {
        return "stub";
    }

    @Override
    public long stepNanos() {
        return stepNanos;
    }

    @Override
    public long loopDelayNanos() {
        return loopDelayNanos;
    }

    @Override
    public double queueDelayNanos() {
        return queueDelayNanos;
    }

    @Override
    public double baseLatencyNanos() {
        return baseLatencyNanos;
    }

    @Override
    public double capacityBytesPerSecond() {
        return capacity;
    }

    @Override
    public double expectedCapacityBytesPerSecond() {
        return expected;
    }

    @Override
    public double congestionLevel() {
        return congestionLevel;
    }

    @Override
    public double serverLoad() {
        return serverLoad;
    }

    @Override
    public long pathAgeNanos() {
        return pathAgeNanos;
    }

    @Override
    public long loadAgeNanos() {
        return loadAgeNanos;
    }

    @Override
    public double rateBytesPerSecond() {
        return rate;
    }

    @Override
    public double arrivalBytesPerSecond() {
        return arrival;
    }

    @Override
    public double releaseBytesPerSecond() {
        return release;
    }

    @Override
    public long backlogBytes() {
        return backlogBytes;
    }
}
