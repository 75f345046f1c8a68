package io.foreshard.stackvirt.manager;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.mux.Multiplexer;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Builds a {@link StackManager}. At least one engine and one kind of stack are needed. */
public final class StackManagerBuilder {

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofHours(1);

    final String owner;
    final EventLoop loop;
    final Multiplexer multiplexer;
    final List<StackEngine> engines = new ArrayList<>();
    final Map<String, StackSpec> kinds = new LinkedHashMap<>();
    EngineObserver observer = EngineObserver.NOOP;
    LongSupplier clock;
    int mostStacks = 256;
    long mostMemoryBytes = 8L << 30;
    private Duration drain = Duration.ofSeconds(30);
    private Duration look = Duration.ofMillis(50);
    private Duration firstStart = Duration.ofSeconds(1);
    private Duration firstThaw = Duration.ofMillis(10);

    StackManagerBuilder(String owner, Multiplexer multiplexer) {
        this.owner = new StackId(owner, "x", 1).owner();
        this.multiplexer = multiplexer;
        loop = multiplexer.loop();
        clock = loop.ticker()::nanoTime;
    }

    /**
     * Adds an engine. Kinds are run by the first that takes what they are made of.
     *
     * @param engine closed by who made it
     * @return this
     */
    public StackManagerBuilder engine(StackEngine engine) {
        engines.add(engine);
        return this;
    }

    /**
     * Adds a kind of stack.
     *
     * @param spec what it is
     * @return this
     * @throws IllegalArgumentException if there is one of that name
     */
    public StackManagerBuilder kind(StackSpec spec) {
        Checks.require(kinds.putIfAbsent(spec.name(), spec) == null, "kind", spec.name(), "each name once");
        return this;
    }

    /**
     * Sets who counts what happens. Default: nobody.
     *
     * @param counts called on the event loop
     * @return this
     */
    public StackManagerBuilder observer(EngineObserver counts) {
        observer = counts;
        return this;
    }

    /**
     * Sets how many stacks there may be at most, of all kinds together. Default: 256.
     *
     * @param most at least 1
     * @return this
     */
    public StackManagerBuilder maxStacks(int most) {
        mostStacks = most;
        return this;
    }

    /**
     * Sets how much memory all stacks may be given together, by what each may use at most. Default: 8 GiB.
     *
     * @param bytes at least 1
     * @return this
     */
    public StackManagerBuilder maxMemory(long bytes) {
        mostMemoryBytes = bytes;
        return this;
    }

    /**
     * Sets for how long a stack that is to go may answer what it has. Default: 30 s.
     *
     * @param most a millisecond up to an hour
     * @return this
     */
    public StackManagerBuilder drain(Duration most) {
        drain = most;
        return this;
    }

    /**
     * Sets how often the manager looks after its stacks. Default: 50 ms.
     *
     * @param interval a millisecond up to an hour
     * @return this
     */
    public StackManagerBuilder look(Duration interval) {
        look = interval;
        return this;
    }

    /**
     * Sets what is supposed of start times before any was measured. Default: a second, and 10 ms.
     *
     * @param start from nothing to being well
     * @param thaw from standing still to going on
     * @return this
     */
    public StackManagerBuilder firstStartTimes(Duration start, Duration thaw) {
        firstStart = start;
        firstThaw = thaw;
        return this;
    }

    /**
     * Builds the manager, which does nothing before {@link StackManager#open}.
     *
     * @throws IllegalArgumentException if a value is out of range, or no engine takes a kind
     */
    public StackManager build() {
        Checks.positive("maxStacks", mostStacks);
        Checks.positive("maxMemory", mostMemoryBytes);
        Checks.require(!kinds.isEmpty(), "kind", kinds.keySet(), "at least one");
        Map<StackSpec, StackEngine> byKind = new LinkedHashMap<>();
        kinds.values().forEach(spec -> byKind.put(spec, engineOf(spec)));
        return new DefaultStackManager(this, byKind, lookNanos());
    }

    private StackEngine engineOf(StackSpec spec) {
        return engines.stream()
                .filter(engine -> engine.runs(spec.source()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("engine: none of "
                        + engines.stream().map(StackEngine::name).toList() + " for " + spec.name()
                        + " (expected: one that runs " + spec.source() + ")"));
    }

    long drainNanos() {
        return Checks.duration("drain", drain, LEAST, MOST);
    }

    private long lookNanos() {
        return Checks.duration("look", look, LEAST, MOST);
    }

    long firstStartNanos() {
        return Checks.duration("firstStart", firstStart, LEAST, MOST);
    }

    long firstThawNanos() {
        return Checks.duration("firstThaw", firstThaw, Duration.ofNanos(1), MOST);
    }
}
