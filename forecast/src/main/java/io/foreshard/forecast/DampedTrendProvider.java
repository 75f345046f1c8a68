package io.foreshard.forecast;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.Provider;
import java.util.Map;

/**
 * Makes {@link DampedTrendForecaster}s under the name {@value #NAME}. Stateless, safe for any thread.
 *
 * <p>Settings, each optional, with the ranges and defaults of {@link DampedTrendForecaster.Builder}: {@code alpha}, {@code beta},
 * {@code phi}, {@code range-widening} (numbers), {@code levels} (numbers separated by commas), {@code non-negative}
 * ({@code true} or {@code false}).
 */
public final class DampedTrendProvider implements Provider<Forecaster> {

    /** The name that users write in their configuration. */
    public static final String NAME = "damped-trend";

    /** Called by {@link java.util.ServiceLoader}. */
    public DampedTrendProvider() {}

    @Override
    public Class<Forecaster> type() {
        return Forecaster.class;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Forecaster create(Map<String, String> settings) {
        DampedTrendForecaster.Builder builder = DampedTrendForecaster.builder();
        settings.forEach((name, value) -> apply(builder, name, value));
        return builder.build();
    }

    private static void apply(DampedTrendForecaster.Builder builder, String name, String value) {
        switch (name) {
            case "alpha" -> builder.alpha(SettingText.number(name, value));
            case "beta" -> builder.beta(SettingText.number(name, value));
            case "phi" -> builder.phi(SettingText.number(name, value));
            case "range-widening" -> builder.rangeWidening(SettingText.number(name, value));
            case "levels" -> builder.levels(SettingText.numbers(name, value));
            case "non-negative" -> builder.nonNegative(SettingText.truth(name, value));
            default ->
                throw new IllegalArgumentException(name + ": " + value
                        + " (expected: one of alpha, beta, phi, range-widening, levels, non-negative)");
        }
    }
}
