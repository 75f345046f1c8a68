package io.foreshard.jmh.forecast;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A forecaster of ours, as a user gets it by name, with the defaults it ships with.
 *
 * @param name of its provider
 */
record Contender(String name) {

    static final Contender AUTOMATIC = new Contender("automatic");
    static final Contender ONLINE = new Contender("online");

    /** Returns whether such a forecaster is on the class path and works here. */
    boolean isPresent() {
        return provider().isPresent();
    }

    /** Returns a new forecaster for one series. */
    Forecaster forecaster() {
        Provider<?> provider = provider()
                .orElseThrow(
                        () -> new IllegalArgumentException("forecaster: " + name + " (expected: on the class path)"));
        return Forecaster.class.cast(provider.create(Map.of()));
    }

    private Optional<Provider<?>> provider() {
        for (Provider<?> provider : ServiceLoader.load(Provider.class)) {
            if (provider.type() == Forecaster.class
                    && provider.name().equals(name)
                    && provider.unavailabilityReason().isEmpty()) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }
}
