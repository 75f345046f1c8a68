package io.foreshard.coreapi;

import java.util.Map;

/**
 * Makes a driver or a {@link Forecaster}, found through {@link java.util.ServiceLoader}. Nothing that is found changes a
 * decision until a builder asks for it by {@link #name()}.
 *
 * @param <T> what is made
 */
public interface Provider<T> {

    /** Returns the type of what is made. */
    Class<T> type();

    /** Returns the name that users write in their configuration, unique per type, in kebab-case. */
    String name();

    /**
     * Returns why this provider cannot work here, or an empty string when it can. Never throws.
     */
    default String unavailabilityReason() {
        return "";
    }

    /**
     * Makes a new instance.
     *
     * @param settings names and values as documented by the provider; an unknown name is an error
     * @throws IllegalArgumentException as {@code name: value (expected: …)} if a setting is unknown or out of range
     */
    T create(Map<String, String> settings);
}
