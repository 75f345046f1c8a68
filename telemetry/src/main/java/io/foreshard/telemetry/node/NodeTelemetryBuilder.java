package io.foreshard.telemetry.node;

import io.foreshard.runtime.Checks;
import io.foreshard.telemetry.PushTelemetry;
import io.foreshard.telemetry.PushTelemetryBuilder;
import io.foreshard.telemetry.TelemetryCounters;
import io.foreshard.telemetry.TelemetryListener;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all sources of node loads have in common. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class NodeTelemetryBuilder<B extends NodeTelemetryBuilder<B>>
        permits HttpTelemetryBuilder, LocalTelemetryBuilder {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_SERVERS = 1 << 16;

    private final EventExecutor timer;
    private final Map<Object, Supplier<LoadReader>> servers = new LinkedHashMap<>();
    private final PushTelemetryBuilder loads = PushTelemetry.builder();
    private TelemetryCounters counters = new TelemetryCounters();
    private long intervalNanos;

    NodeTelemetryBuilder(EventExecutor timer, Duration interval) {
        this.timer = timer;
        intervalNanos = interval.toNanos();
    }

    /**
     * Sets how often each server is asked. It is also the step of the series, and what is known lasts three of it.
     *
     * @param value 10 ms … 1 hour
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public B interval(Duration value) {
        intervalNanos = Checks.duration("interval", value, SHORTEST, LONGEST);
        return self();
    }

    /**
     * Sets how many intervals the series of a server go back; by default 512, which is 18 kB for each server. With 0, no series are
     * kept.
     *
     * @param value 0, or 2…1 048 576
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public B seriesSteps(int value) {
        loads.seriesSteps(value);
        return self();
    }

    /**
     * Sets what counts; by default counters of its own.
     *
     * @param value may be shared with other sources
     * @return this
     */
    public B counters(TelemetryCounters value) {
        counters = value;
        return self();
    }

    /**
     * Sets who is told each load that was believed; by default nobody.
     *
     * @param value for instance a recorder
     * @return this
     */
    public B listener(TelemetryListener value) {
        loads.listener(value);
        return self();
    }

    /**
     * {@return the source, not yet started}
     *
     * @throws IllegalArgumentException if settings contradict each other
     */
    public NodeTelemetry build() {
        Checks.inRange("servers", servers.size(), 1, MOST_SERVERS);
        check();
        PushTelemetry pushed = loads.interval(Duration.ofNanos(intervalNanos))
                .maxDestinations(servers.size())
                .counters(counters)
                .build();
        var nodes = servers.entrySet().stream()
                .map(server -> new PolledNode(server.getKey(), server.getValue().get(), pushed, timer.ticker()))
                .toList();
        return new PolledNodes(timer, intervalNanos, pushed, nodes);
    }

    abstract B self();

    /** Checks settings against each other. */
    abstract void check();

    /** The reader is made when the source is, from settings that may still change until then. */
    final void add(Object key, Supplier<LoadReader> reader) {
        servers.put(key, reader);
    }

    final EventExecutor timer() {
        return timer;
    }

    final long intervalNanos() {
        return intervalNanos;
    }

    final TelemetryCounters counters() {
        return counters;
    }
}
