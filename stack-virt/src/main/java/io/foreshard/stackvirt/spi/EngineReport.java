package io.foreshard.stackvirt.spi;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What an engine can do here, as it was tried and not as it is supposed.
 *
 * @param engine its name
 * @param version of what it drives; empty when there is no such thing
 * @param missing what it cannot do, and why
 */
public record EngineReport(String engine, String version, Map<EngineFeature, String> missing) {

    /** Copies the arguments. */
    public EngineReport {
        missing = Map.copyOf(missing);
    }

    /**
     * Returns whether the engine can do something.
     *
     * @param feature what
     */
    public boolean has(EngineFeature feature) {
        return !missing.containsKey(feature);
    }

    /** Returns what the engine can do. */
    public Set<EngineFeature> features() {
        Set<EngineFeature> features = EnumSet.allOf(EngineFeature.class);
        features.removeAll(missing.keySet());
        return features;
    }
}
