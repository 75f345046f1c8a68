package io.foreshard.jmh.forecast;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.Provider;
import io.foreshard.jmh.series.NamedSeries;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A forecaster of ours, as a user gets it by name.
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

    /** Returns a new forecaster for a series of which nothing is known. */
    Forecaster forecaster() {
        return forecaster(Map.of());
    }

    /** Returns a new forecaster for a series, told what its peers are told: the steps of a day and of a week, and how far ahead. */
    Forecaster forecaster(NamedSeries series, int horizonSteps) {
        return forecaster(Map.of(
                "periods",
                series.period() + "," + 7 * series.period(),
                "max-horizon-steps",
                Integer.toString(horizonSteps)));
    }

    private Forecaster forecaster(Map<String, String> settings) {
        Provider<?> provider = provider()
                .orElseThrow(
                        () -> new IllegalArgumentException("forecaster: " + name + " (expected: on the class path)"));
        return Forecaster.class.cast(provider.create(settings));
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
