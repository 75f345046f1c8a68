package io.foreshard.transport;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.Provider;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Finds a forecaster's provider by name. Nothing that is found counts until it is asked for. */
final class NamedForecaster {

    private NamedForecaster() {}

    static Supplier<Forecaster> of(String name, Map<String, String> settings) {
        Set<String> found = new TreeSet<>();
        for (Provider<?> provider : ServiceLoader.load(Provider.class)) {
            if (provider.type() != Forecaster.class) {
                continue;
            }
            found.add(provider.name());
            if (provider.name().equals(name)) {
                return checked(provider, Map.copyOf(settings));
            }
        }
        throw new IllegalArgumentException("forecaster: " + name + " (expected: one of " + found + ")");
    }

    private static Supplier<Forecaster> checked(Provider<?> provider, Map<String, String> settings) {
        String reason = provider.unavailabilityReason();
        if (!reason.isEmpty()) {
            throw new IllegalArgumentException(
                    "forecaster: " + provider.name() + " (expected: works here, but: " + reason + ")");
        }
        Supplier<Forecaster> maker = () -> Forecaster.class.cast(provider.create(settings));
        Objects.requireNonNull(maker.get(), "forecaster");
        return maker;
    }
}
