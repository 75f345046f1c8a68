package io.foreshard.flowshaper;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.flowshaper.control.BottleneckWatch;
import io.foreshard.flowshaper.control.PacedDelayCalculator;
import io.foreshard.flowshaper.scheduling.SchedulerConfig;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.DelayMechanism;
import io.foreshard.runtime.Checks;
import io.foreshard.runtime.SkillGate;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link FlowShaper} needs. Not safe for use by several threads. Every method checks its value at once. */
public final class FlowShaperBuilder {

    private static final Duration LEAST_STEP = Duration.ofMillis(1);
    private static final Duration MOST_STEP = Duration.ofSeconds(10);

    private final EventLoop controlLoop;
    private SchedulerConfig scheduler = SchedulerConfig.DEFAULT;
    private Function<String, DelayCalculator> calculators =
            name -> PacedDelayCalculator.builder().build();
    private TelemetrySource telemetry = (destination, nowNanos) -> null;
    private List<DelayMechanism> mechanisms = List.of(new InProcessQueue());
    private Predicate<Object> marker = message -> false;
    private EngineObserver observer = EngineObserver.NOOP;
    private Duration step = Duration.ofMillis(10);
    private UnaryOperator<BottleneckWatch.Builder> forecast = UnaryOperator.identity();
    private UnaryOperator<BottleneckWatch.Builder> gate = UnaryOperator.identity();
    private int chunkBytes = 16 << 10;
    private boolean trial;
    private @Nullable LongSupplier secrets;

    FlowShaperBuilder(EventLoop controlLoop) {
        this.controlLoop = controlLoop;
    }

    /**
     * Sets the bounds of each event loop's queues, and the classes. Default: {@link SchedulerConfig#DEFAULT}.
     *
     * @param config the bounds
     */
    public FlowShaperBuilder scheduler(SchedulerConfig config) {
        scheduler = Objects.requireNonNull(config, "scheduler");
        return this;
    }

    /**
     * Sets what decides on delays and rates. Default: a {@link PacedDelayCalculator} with its defaults.
     *
     * @param byBottleneck makes a new calculator for the bottleneck of a name
     */
    public FlowShaperBuilder calculator(Function<String, DelayCalculator> byBottleneck) {
        calculators = Objects.requireNonNull(byBottleneck, "calculator");
        return this;
    }

    /**
     * Sets who knows paths and servers. Default: nobody, so that nothing is limited by the default calculator.
     *
     * @param source asked once per bottleneck and control step, on the control loop
     */
    public FlowShaperBuilder telemetry(TelemetrySource source) {
        telemetry = Objects.requireNonNull(source, "telemetry");
        return this;
    }

    /**
     * Sets what holds packets back: the first that works for a channel does. Default: {@link InProcessQueue} alone, which works always.
     *
     * @param inOrder at least one
     */
    public FlowShaperBuilder mechanisms(List<DelayMechanism> inOrder) {
        Checks.require(!inOrder.isEmpty(), "mechanisms", inOrder, "at least one");
        mechanisms = List.copyOf(inOrder);
        return this;
    }

    /**
     * Sets what marks packets with ECN "congestion experienced" before they are dropped. Default: nothing can.
     *
     * @param marking marks a message where its protocol allows it, and says whether it did; on event loops
     */
    public FlowShaperBuilder marker(Predicate<Object> marking) {
        marker = Objects.requireNonNull(marking, "marker");
        return this;
    }

    /**
     * Sets who is told of what is counted. Default: nobody.
     *
     * @param listener on event loops, several at a time
     */
    public FlowShaperBuilder observer(EngineObserver listener) {
        observer = Objects.requireNonNull(listener, "observer");
        return this;
    }

    /**
     * Sets the time between control steps. Default: 10 ms.
     *
     * @param interval 1 ms…10 s
     */
    public FlowShaperBuilder step(Duration interval) {
        Checks.duration("step", interval, LEAST_STEP, MOST_STEP);
        step = interval;
        return this;
    }

    /**
     * Sets what forecasts the capacity that is left for us, as a feed-forward to the rate. Default: nothing.
     *
     * @param forecasters makes one for each bottleneck
     * @param executor runs them, off the event loops
     * @param interval step of their series, 1 ms…1 h
     */
    public FlowShaperBuilder forecaster(
            Supplier<? extends Forecaster> forecasters, Executor executor, Duration interval) {
        forecast = watch -> watch.forecaster(forecasters.get(), executor, interval);
        return this;
    }

    /**
     * Sets whether forecasts may decide, and who is told when that changes. Default: they may once they have proven that it pays.
     *
     * @param mode free, or held shut
     * @param listener on the control loop
     */
    public FlowShaperBuilder gate(GateMode mode, GateListener listener) {
        gate = watch -> watch.gate(mode, SkillGate.DEFAULT_CONTROL_SHARE, secret().getAsLong(), listener);
        return this;
    }

    /**
     * Sets the largest piece of a stream that leaves at once while a rate limits it; longer buffers are cut, at a low rate into pieces of
     * 1 ms each, but not below 1400 bytes. Default: 16 KiB.
     *
     * @param bytes 512…16 Mi
     */
    public FlowShaperBuilder chunkBytes(int bytes) {
        chunkBytes = Checks.inRange("chunkBytes", bytes, 512, 16 << 20);
        return this;
    }

    /**
     * Sets whether the shaper finds out if it helps: epochs with and without it take turns while it would shape anything, and it
     * bypasses itself where it does not help. Default: no.
     *
     * @param wanted whether to
     */
    public FlowShaperBuilder trial(boolean wanted) {
        trial = wanted;
        return this;
    }

    /**
     * Sets where hash keys and the order of epochs come from, for simulations. Default: {@link SecureRandom}.
     *
     * @param source numbers that senders cannot foresee
     */
    FlowShaperBuilder secrets(LongSupplier source) {
        secrets = source;
        return this;
    }

    /** Makes the shaper, and starts its control step on the control loop. */
    public FlowShaper build() {
        Duration interval = step;
        UnaryOperator<BottleneckWatch.Builder> forecasting = forecast;
        UnaryOperator<BottleneckWatch.Builder> gating = gate;
        FlowShaper shaper = new FlowShaper(new ShaperSettings(
                controlLoop,
                new LoopClock(controlLoop),
                scheduler,
                calculators,
                name -> gating.apply(
                                forecasting.apply(BottleneckWatch.builder(name).step(interval)))
                        .build(),
                telemetry,
                mechanisms,
                marker,
                observer,
                step.toNanos(),
                chunkBytes,
                trial,
                secret()));
        shaper.start();
        return shaper;
    }

    private LongSupplier secret() {
        if (secrets == null) {
            secrets = new SecureRandom()::nextLong;
        }
        return secrets;
    }
}
