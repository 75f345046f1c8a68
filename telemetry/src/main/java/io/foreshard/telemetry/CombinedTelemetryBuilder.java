package io.foreshard.telemetry;

import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.runtime.Checks;
import java.util.LinkedHashMap;
import java.util.Map;

/** Configures a {@link CombinedTelemetry}. Not thread-safe. */
public final class CombinedTelemetryBuilder {

    private static final int MOST_SOURCES = 64;

    private final Map<String, TelemetrySource> sources = new LinkedHashMap<>();
    private TelemetryCounters counters = new TelemetryCounters();

    CombinedTelemetryBuilder() {}

    /**
     * Adds a source.
     *
     * @param name what {@link CombinedTelemetry#failures} calls it, not used before
     * @param source is asked each time; nothing is kept of its answers
     * @return this
     * @throws IllegalArgumentException if the name is taken, or there are 64 sources already
     */
    public CombinedTelemetryBuilder source(String name, TelemetrySource source) {
        Checks.require(!sources.containsKey(name), "name", name, "a name not used before");
        Checks.inRange("sources", sources.size() + 1, 1, MOST_SOURCES);
        sources.put(name, source);
        return this;
    }

    /**
     * Sets what counts; by default counters of its own.
     *
     * @param value may be shared with other sources
     * @return this
     */
    public CombinedTelemetryBuilder counters(TelemetryCounters value) {
        counters = value;
        return this;
    }

    /**
     * {@return all of them as one}
     *
     * @throws IllegalArgumentException if there is no source
     */
    public CombinedTelemetry build() {
        Checks.require(!sources.isEmpty(), "sources", 0, "at least one");
        return new DefaultCombinedTelemetry(sources, counters);
    }
}
