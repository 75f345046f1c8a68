package io.foreshard.flowshaper;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.flowshaper.control.BottleneckWatch;
import io.foreshard.flowshaper.scheduling.SchedulerConfig;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.DelayMechanism;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** What a {@link FlowShaperBuilder} collected, checked. */
record ShaperSettings(
        EventLoop controlLoop,
        LoopClock clock,
        SchedulerConfig scheduler,
        Function<String, DelayCalculator> calculators,
        Function<String, BottleneckWatch> watches,
        TelemetrySource telemetry,
        List<DelayMechanism> mechanisms,
        Predicate<Object> marker,
        EngineObserver observer,
        long stepNanos,
        int chunkBytes,
        boolean trial,
        LongSupplier secrets) {}
