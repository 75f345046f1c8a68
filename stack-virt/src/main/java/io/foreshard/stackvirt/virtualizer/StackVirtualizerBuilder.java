package io.foreshard.stackvirt.virtualizer;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.manager.StackManagerBuilder;
import io.foreshard.stackvirt.mux.KindSettings;
import io.foreshard.stackvirt.mux.MultiplexerBuilder;
import io.foreshard.stackvirt.scaling.StackScaler;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.traffic.ForecastFeed;
import io.foreshard.stackvirt.traffic.TrafficTable;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds a {@link StackVirtualizer}. At least one engine and one kind of stack are needed. */
public final class StackVirtualizerBuilder {

    final String owner;
    final EventLoop loop;
    final List<StackEngine> engines = new ArrayList<>();
    final Map<String, Kind> kinds = new LinkedHashMap<>();
    StackScaler.Builder scaler = StackScaler.builder();
    EngineObserver observer = EngineObserver.NOOP;
    LongSupplier wallMillis = System::currentTimeMillis;
    Consumer<MultiplexerBuilder> multiplexer = settings -> {};
    Consumer<StackManagerBuilder> manager = settings -> {};
    Duration firstStart = Duration.ofSeconds(1);
    int trafficKeys = 1024;
    private @Nullable Supplier<? extends Forecaster> trafficForecasters;
    private int forecastPairs;
    private Executor forecastExecutor = Runnable::run;
    long bufferBytes = 64L << 20;
    final List<Iterable<PastMessage>> histories = new ArrayList<>();

    /** A kind as it was asked for. */
    record Kind(StackSpec spec, KindSettings messages, StackBounds bounds) {}

    StackVirtualizerBuilder(String owner, EventLoop loop) {
        this.owner = owner;
        this.loop = loop;
    }

    /**
     * Adds an engine. Kinds are run by the first that takes what they are made of.
     *
     * @param engine closed by who made it
     * @return this
     */
    public StackVirtualizerBuilder engine(StackEngine engine) {
        engines.add(engine);
        return this;
    }

    /**
     * Adds a kind of stack.
     *
     * @param spec what it is made of and may use
     * @param messages how its messages are treated; of the same name, and with no more messages in flight than the spec says
     * @param bounds how many there may be
     * @return this
     * @throws IllegalArgumentException if there is one of that name, or the arguments do not fit each other
     */
    public StackVirtualizerBuilder kind(StackSpec spec, KindSettings messages, StackBounds bounds) {
        Checks.require(messages.name().equals(spec.name()), "messages", messages.name(), "of kind " + spec.name());
        Checks.inRange("maxInFlight", messages.maxInFlight(), 1, spec.maxInFlight());
        Kind kind = new Kind(spec, messages, bounds);
        Checks.require(kinds.putIfAbsent(spec.name(), kind) == null, "kind", spec.name(), "each name once");
        return this;
    }

    /**
     * Sets how numbers of stacks are decided: policies, gate, price. Default: {@link StackScaler#builder()}.
     *
     * @param settings its observer is set to that of this builder
     * @return this
     */
    public StackVirtualizerBuilder scaler(StackScaler.Builder settings) {
        scaler = settings;
        return this;
    }

    /**
     * Sets who counts what happens. Default: nobody.
     *
     * @param counts called on the event loop
     * @return this
     */
    public StackVirtualizerBuilder observer(EngineObserver counts) {
        observer = counts;
        return this;
    }

    /**
     * Sets the calendar: what recurs is foretold by the time of day. Read once, by {@link #build}. Default: that of the system.
     *
     * @param millis since 1970
     * @return this
     */
    public StackVirtualizerBuilder wallMillis(LongSupplier millis) {
        wallMillis = millis;
        return this;
    }

    /**
     * Sets what else there is to say of the multiplexer, such as its bounds.
     *
     * @param settings is given its builder
     * @return this
     */
    public StackVirtualizerBuilder multiplexer(Consumer<MultiplexerBuilder> settings) {
        multiplexer = settings;
        return this;
    }

    /**
     * Sets what else there is to say of the manager, such as its limits and how often it looks.
     *
     * @param settings is given its builder
     * @return this
     */
    public StackVirtualizerBuilder manager(Consumer<StackManagerBuilder> settings) {
        manager = settings;
        return this;
    }

    /**
     * Sets how long a stack is supposed to take to start before any start was measured. Default: a second.
     *
     * @param time a millisecond up to a minute
     * @return this
     */
    public StackVirtualizerBuilder firstStart(Duration time) {
        firstStart = time;
        return this;
    }

    /**
     * Sets for how many pairs of networks traffic is told apart; those that send least are one together. Default: 1024.
     *
     * @param keys 1…65536
     * @return this
     */
    public StackVirtualizerBuilder trafficKeys(int keys) {
        trafficKeys = keys;
        return this;
    }

    /**
     * Sets what foretells how many messages the heaviest pairs of networks send a second, beside our own forecast; it is told the messages of each second and counts while it is the
     * better. One that fails, or answers too late, is left out and counted as {@link io.foreshard.stackvirt.traffic.ForecastReason}. Default: none.
     *
     * @param each gives a new one for each pair
     * @param pairs how many have one at a time, 1…256
     * @param executor runs them, a task per pair and second; {@code Runnable::run} for those that take microseconds
     * @return this
     */
    public StackVirtualizerBuilder trafficForecasters(
            Supplier<? extends Forecaster> each, int pairs, Executor executor) {
        trafficForecasters = each;
        forecastPairs = pairs;
        forecastExecutor = executor;
        return this;
    }

    TrafficTable trafficTable() {
        Supplier<? extends Forecaster> each = trafficForecasters;
        if (each == null) {
            return new TrafficTable(trafficKeys);
        }
        Executor executor = forecastExecutor;
        EngineObserver told = observer;
        return new TrafficTable(trafficKeys, forecastPairs, () -> new ForecastFeed(each.get(), executor, told));
    }

    /**
     * Sets how much memory of messages may be on its way to all stacks together; shared out by forecast, each stack at most what its resources say. Default:
     * 64 MiB.
     *
     * @param bytes at least 64 KiB
     * @return this
     */
    public StackVirtualizerBuilder bufferBytes(long bytes) {
        bufferBytes = bytes;
        return this;
    }

    /**
     * Lets forecasts learn from messages of earlier, so that they need not begin anew; read by {@link #build}, which takes about a microsecond for each second
     * and message. Once for each virtual router, see {@link RecordedPort}, or for all together. Default: none.
     *
     * @param messages the oldest first, at most 400 days before the present of {@link #wallMillis}
     * @return this
     */
    public StackVirtualizerBuilder history(Iterable<PastMessage> messages) {
        histories.add(messages);
        return this;
    }

    /**
     * Builds it; nothing happens before {@link StackVirtualizer#open}.
     *
     * @throws IllegalArgumentException if a value is out of range, or no engine takes a kind
     */
    public StackVirtualizer build() {
        Checks.duration("firstStart", firstStart, Duration.ofMillis(1), Duration.ofMinutes(1));
        Checks.inRange("bufferBytes", bufferBytes, 64 << 10, Long.MAX_VALUE);
        Checks.require(!kinds.isEmpty(), "kind", kinds.keySet(), "at least one");
        return new DefaultStackVirtualizer(this);
    }
}
