package io.foreshard.flowshaper.control;

import io.foreshard.flowshaper.spi.BottleneckView;

/** What one control step found. Immutable, for any thread. */
record BottleneckSnapshot(
        String name,
        long stepNanos,
        long loopDelayNanos,
        double queueDelayNanos,
        double baseLatencyNanos,
        double capacityBytesPerSecond,
        double expectedCapacityBytesPerSecond,
        double congestionLevel,
        double serverLoad,
        long pathAgeNanos,
        long loadAgeNanos,
        double rateBytesPerSecond,
        double arrivalBytesPerSecond,
        double releaseBytesPerSecond,
        long backlogBytes,
        double servedBytesPerSecond)
        implements BottleneckView {}
